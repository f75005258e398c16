import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where portico.yaml and the WSDLs of the example lie: beside this file, or, where it is part of dist/, in dist/examples/bank. */
export const bankFolder: string = existsSync(join(import.meta.dirname, 'portico.yaml'))
  ? import.meta.dirname
  : join(import.meta.dirname, 'examples', 'bank');
