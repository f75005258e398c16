import type * as Facades from '../../facade/index.ts';
import { bankConfig } from '../scene/bank-config.ts';
import type { Assignment } from './assignment.ts';

const BUILT = new URL('../../dist/facade.js', import.meta.url);

/** The product as it is built and configured for production, its log included. @returns its port. */
export async function startPortico(assignment: Assignment): Promise<number> {
  const { createFacade, parseConfig } = (await import(BUILT.href)) as typeof Facades;
  const { config, problems } = parseConfig('portico.yaml', bankConfig(assignment), {});
  if (config === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const facade = await createFacade({ config, configDir: assignment.folder });
  const { port } = await facade.listen();
  // As `portico serve` does.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return port;
}
