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

/** Keys and indexes from the root of a configuration. */
export type KeyPath = readonly (string | number)[];

/** Where a path of the configuration stands in its file; where there is no such key, the nearest one above it. */
export type ProblemAt = (path: KeyPath, message: string, part?: 'key' | 'value') => ConfigProblem;

/** One thing that cannot be put to work. */
export interface ConfigFault {
  readonly path: KeyPath;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** Thrown where a configuration that is well formed cannot be put to work. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_UNUSABLE';
  readonly faults: readonly ConfigFault[];

  /** `problemAt` turns dotted paths into lines of the file. */
  constructor(
    faults: readonly ConfigFault[],
    { cause, problemAt }: { readonly cause?: unknown; readonly problemAt?: ProblemAt } = {},
  ) {
    super(faults.map((fault) => describeFault(fault, problemAt)).join('\n'), { cause });
    this.faults = faults;
  }
}

function describeFault({ path, message }: ConfigFault, problemAt: ProblemAt | undefined): string {
  return problemAt ? formatConfigProblem(problemAt(path, message)) : `${path.join('.')}: ${message}`;
}

/** Runs `work`; a ConfigError of it then names the lines of the file, if that is known. */
export async function withLines<T>(problemAt: ProblemAt | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConfigError) || problemAt === undefined) throw error;
    throw new ConfigError(error.faults, { cause: error, problemAt });
  }
}
