/** One thing wrong with a configuration file; line and column count from 1. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted path of the key, '' for the whole file. */
  readonly key: string;
  /** What is wrong and what to do. Never quotes a value, which may be a secret. */
  readonly message: string;
}

/** `portico.yaml:12:5 error services.core.wsdl: ...` */
export function formatConfigProblem(problem: ConfigProblem): string {
  const { file, line, column, key, message } = problem;
  return `${file}:${line}:${column} error ${key === '' ? '' : `${key}: `}${message}`;
}

/** Thrown where a configuration that is well formed cannot be put to work. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_UNUSABLE';
}
