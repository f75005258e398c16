import { parseArgs, type ParseArgsConfig } from 'node:util';

interface ScriptConfig<T extends NonNullable<ParseArgsConfig['options']>> {
  readonly args: string[];
  readonly options: T;
  readonly allowPositionals: true;
}

type ScriptCall<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<ScriptConfig<T>>
>;

/**
 * The words after a developer's script. `--help` prints `usage` and ends the process with 0; a word that is off is told in one
 * line and ends it with 2.
 *
 * @param numbers the options among `options` that take whole numbers from 0
 */
export function readScriptCall<const T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
  numbers: readonly (keyof T & string)[] = [],
): ScriptCall<T> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  const call = parsed(args, options);
  const values = call.values as Readonly<Record<string, unknown>>;
  for (const name of numbers) {
    const text = values[name];
    if (typeof text === 'string' && !/^\d+$/.test(text))
      refuseCall(`--${name} takes a whole number, not "${text}"`);
  }
  return call;
}

/** Tells in one line what is wrong with a script's words, and ends the process with 2. */
export function refuseCall(reason: string): never {
  console.error(`${reason} (--help tells what there is)`);
  process.exit(2);
}

function parsed<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
): ScriptCall<T> {
  try {
    return parseArgs<ScriptConfig<T>>({ args, options, allowPositionals: true });
  } catch (error) {
    // The rest of the sentence is advice on positionals that begin with a dash.
    return refuseCall(error instanceof Error ? error.message.split('. ')[0]! : String(error));
  }
}
