import { readFile } from 'node:fs/promises';
import type { PorticoConfig } from './config.ts';
import type { ConfigProblem, ProblemAt } from './config-problem.ts';
import { checkMeaning } from './check-meaning.ts';
import { checkSchema } from './check-schema.ts';
import { convertSubstituted } from './convert-substituted.ts';
import { porticoSchema } from './portico-schema.ts';
import { readYaml } from './read-yaml.ts';
import { withHost } from './with-host.ts';

export interface LoadedConfig {
  /** Missing if there are problems. */
  readonly config?: PorticoConfig;
  /** All of them, in the order of the file. */
  readonly problems: readonly ConfigProblem[];
  /** For what turns out only when the configuration is put to work; missing if the file could not be read. */
  readonly problemAt?: ProblemAt;
}

/** Reads, substitutes and checks a configuration file. `env` is usually process.env. Never throws for a bad file. */
export async function loadConfig(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<LoadedConfig> {
  let source;
  try {
    source = await readFile(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message =
      reason === 'ENOENT'
        ? 'there is no such file; make one with "portico import <wsdl>"'
        : `cannot be read (${reason})`;
    return { problems: [{ file: path, line: 1, column: 1, key: '', message }] };
  }
  return parseConfig(path, source, env);
}

/** As `loadConfig`, of a text; `file` only names it in problems. */
export function parseConfig(
  file: string,
  source: string,
  env: Readonly<Record<string, string | undefined>>,
): LoadedConfig {
  const yaml = readYaml(file, source, env);
  if (yaml.value === undefined) return { problems: yaml.problems };
  const value = convertSubstituted(yaml.value, yaml.substituted, porticoSchema);
  const unfit = checkSchema(value, yaml);
  const config = value as PorticoConfig;
  const problems = [
    ...yaml.problems,
    ...unfit.filter(({ key }) => !yaml.problems.some((known) => known.key === key)),
    ...(unfit.length === 0 ? checkMeaning(config, yaml) : []),
  ];
  if (problems.length === 0) return { config: withHost(config), problems, problemAt: yaml.problemAt };
  return { problems: problems.sort((left, right) => left.line - right.line || left.column - right.column) };
}
