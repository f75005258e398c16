import { dirname, resolve } from 'node:path';
import { formatConfigProblem, loadConfig, type PorticoConfig, type ProblemAt } from '../facade/index.ts';
import { CommandError } from './command.ts';

export const DEFAULT_CONFIG = 'portico.yaml';

/** What a facade is made of. */
export interface UsableConfig {
  readonly config: PorticoConfig;
  readonly configDir: string;
  readonly problemAt?: ProblemAt;
}

/** Loads and checks the configuration. @throws CommandError with every problem and its line. */
export async function configOrFail(path: string): Promise<UsableConfig> {
  const { config, problems, problemAt } = await loadConfig(path, process.env);
  if (config === undefined)
    throw new CommandError(problems.map((problem) => formatConfigProblem(problem)).join('\n'));
  return { config, configDir: dirname(resolve(path)), ...(problemAt && { problemAt }) };
}
