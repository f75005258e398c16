import { BusError } from '../connectors/index.ts';
import {
  describeLetter,
  lineOf,
  openDeadLetters,
  routesOfQueue,
  type DeadLetters,
  type Selection,
} from '../facade/index.ts';
import { CommandError, numberOption, UsageError, type Command, type CommandInput } from './command.ts';
import { configOrFail, DEFAULT_CONFIG, type UsableConfig } from './config-source.ts';

const LIMIT = { min: 1, max: 1_000_000 } as const;
/** So many are looked through for ids. */
const ALL = 1_000_000;
const DEFAULT_LIMIT = 100;

/** One thing to be done with a dead-letter queue. @returns the exit code */
type Action = (
  letters: DeadLetters,
  input: CommandInput,
  source: UsableConfig,
  queue: string,
) => Promise<number>;

const actions: Readonly<Record<string, Action>> = { list, show, replay, drop };

export const dlqCommand: Command = {
  name: 'dlq',
  usage: 'list | show ID... | replay ID...|--all | drop ID...|--all',
  summary: 'the commands that were given up: look at them, send them again, or drop them',
  help: `  list           a line for each: id, time, attempts, operation, reason
  show ID...     properties and payload; numbers of cards and accounts, tokens and sensitive members are masked
  replay ID...   to their queue once more, with their message ids, so that nothing is done twice
  drop ID...     for good

  --config FILE  default ${DEFAULT_CONFIG}
  --queue Q      of commands; needed where the configuration has several
  --limit N      of list, and of --all: the oldest N; default ${DEFAULT_LIMIT}
  --all          instead of ids
  --raw          of show: the payload as it is, masked nowhere`,
  options: {
    config: { type: 'string' },
    queue: { type: 'string' },
    limit: { type: 'string' },
    all: { type: 'boolean' },
    raw: { type: 'boolean' },
  },
  async run(input) {
    const [name = ''] = input.positionals;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw new UsageError(`say what to do: ${Object.keys(actions).join(', ')}`);
    const source = await configOrFail(input.values.config ?? DEFAULT_CONFIG);
    const queue = queueOf(source, input.values.queue);
    try {
      const letters = await openDeadLetters({ ...source, queue });
      try {
        return await action(letters, input, source, queue);
      } finally {
        await letters.close();
      }
    } catch (error) {
      if (error instanceof BusError) throw new CommandError(error.message, { cause: error });
      throw error;
    }
  },
};

function queueOf({ config: { bus } }: UsableConfig, wanted: string | undefined): string {
  const names = bus.consumers.map(({ queue }) => queue);
  const [only, ...others] = names;
  if (only === undefined)
    throw new CommandError('the configuration takes commands from no queue (bus.consumers)');
  if (wanted === undefined && others.length === 0) return only;
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  throw new UsageError(`--queue is one of these: ${names.join(', ')}`);
}

async function list(letters: DeadLetters, input: CommandInput): Promise<number> {
  expectNoIds(input);
  const shown = await letters.visit(limitOf(input), (letter) => {
    console.log(lineOf(letter));
  });
  if (shown === 0) console.error('there is nothing in it');
  return 0;
}

async function show(
  letters: DeadLetters,
  input: CommandInput,
  source: UsableConfig,
  queue: string,
): Promise<number> {
  const ids = idsOf(input);
  const routes = await routesOfQueue(source, queue);
  const found = new Set<string>();
  await letters.visit(ALL, (letter) => {
    if (!ids.has(letter.id)) return;
    found.add(letter.id);
    console.log(describeLetter(letter, routes, input.flags.has('raw')));
  });
  return tellMissing(ids, found);
}

async function replay(letters: DeadLetters, input: CommandInput): Promise<number> {
  const selection = selectionOf(input);
  const done = await letters.replay(selection);
  console.log(`${done.length} sent again`);
  return tellMissing(selection.ids, new Set(done));
}

async function drop(letters: DeadLetters, input: CommandInput): Promise<number> {
  const selection = selectionOf(input);
  const done = await letters.drop(selection);
  console.log(`${done.length} dropped`);
  return tellMissing(selection.ids, new Set(done));
}

function selectionOf(input: CommandInput): Selection {
  if (!input.flags.has('all')) return { ids: idsOf(input), most: ALL };
  expectNoIds(input);
  return { most: limitOf(input) };
}

function idsOf({ positionals: [, ...ids] }: CommandInput): ReadonlySet<string> {
  if (ids.length === 0) throw new UsageError('ids are missing; "list" shows them');
  return new Set(ids);
}

function expectNoIds({ positionals: [, id] }: CommandInput): void {
  if (id !== undefined) throw new UsageError(`"${id}" is one argument too many`);
}

function limitOf(input: CommandInput): number {
  return numberOption(input, 'limit', LIMIT) ?? DEFAULT_LIMIT;
}

/** An id that is not there was misspelt, or somebody else was faster. */
function tellMissing(wanted: ReadonlySet<string> | undefined, found: ReadonlySet<string>): number {
  const missing = [...(wanted ?? [])].filter((id) => !found.has(id));
  if (missing.length === 0) return 0;
  console.error(`not there: ${missing.join(', ')}`);
  return 1;
}
