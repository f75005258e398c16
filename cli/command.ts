import { parseArgs, type ParseArgsConfig } from 'node:util';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** One command of the program. `run` resolves to the exit code. */
export interface Command {
  readonly name: string;
  /** What stands after the name in the usage line. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Longer help: a line for each option. */
  readonly help?: string;
  readonly options: OptionTable;
  run(input: CommandInput): Promise<number>;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  /** Values of options given once. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Options without a value that were given. */
  readonly flags: ReadonlySet<string>;
}

/** The call's words are off: printed with the usage line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A failure whose message is all that the user needs: printed without a stack, exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export function parseInput(command: Command, argv: readonly string[]): CommandInput | 'help' {
  const options: OptionTable = { ...command.options, help: { type: 'boolean', short: 'h' } };
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const values: Record<string, string> = {};
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(parsed.values)) {
    if (typeof value === 'string') values[name] = value;
    if (value === true) flags.add(name);
  }
  return flags.has('help') ? 'help' : { positionals: parsed.positionals, values, flags };
}

/** Checks the number of positionals. @throws UsageError naming what is missing. */
export function expectPositionals(input: CommandInput, names: readonly string[]): readonly string[] {
  const missing = names[input.positionals.length];
  if (missing !== undefined) throw new UsageError(`<${missing}> is missing`);
  const extra = input.positionals[names.length];
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`);
  return input.positionals;
}

/** A whole number option within bounds. @throws UsageError */
export function numberOption(
  input: CommandInput,
  name: string,
  bounds: { readonly min: number; readonly max: number },
): number | undefined {
  const text = input.values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < bounds.min || value > bounds.max) {
    throw new UsageError(`--${name} takes a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`);
  }
  return value;
}

export const PORT_RANGE = { min: 0, max: 65_535 } as const;
