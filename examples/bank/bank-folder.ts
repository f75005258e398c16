import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where portico.yaml and the WSDLs of the example lie: beside this file, or, where this file is compiled into
 * dist/examples/bank of the package, in the package's examples/bank.
 */
export const bankFolder: string = existsSync(join(import.meta.dirname, 'portico.yaml'))
  ? import.meta.dirname
  : join(import.meta.dirname, '..', '..', '..', 'examples', 'bank');
