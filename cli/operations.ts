import { readFileSync } from 'node:fs';
import {
  openOperationsDesk,
  type DeferredRecord,
  type DeferredState,
  type OperationsDesk,
} from '../facade/index.ts';
import type { JsonValue } from '../wsdl/index.ts';
import {
  CommandError,
  expectPositionals,
  numberOption,
  UsageError,
  type Command,
  type CommandInput,
} from './command.ts';
import { DEFAULT_CONFIG } from './config-source.ts';
import { withDesk } from './with-desk.ts';

const STATES: readonly DeferredState[] = [
  'accepted',
  'running',
  'unsettled',
  'succeeded',
  'failed',
  'unknown',
  'cancelled',
];
const MOST = 100;

export const operationsCommand: Command = {
  name: 'operations',
  usage: 'list|show|resolve [<id>] [--config portico.yaml]',
  summary: 'operations that are carried out later; resolve those whose outcome is unknown',
  help: `  list                 the newest first; --state S (default unknown; all), --most N (default ${MOST})
  show <id>            all that is known; with --input also what was to be done
  resolve <id>         says what became of it, where that is unknown:
    --succeeded        it was carried out; --result FILE has the answer of the service, as JSON
    --failed           it was not, and is not to be
    --retry            it was not, and is to be, now
  --config FILE        default ${DEFAULT_CONFIG}`,
  options: {
    config: { type: 'string' },
    state: { type: 'string' },
    most: { type: 'string' },
    input: { type: 'boolean' },
    succeeded: { type: 'boolean' },
    failed: { type: 'boolean' },
    retry: { type: 'boolean' },
    result: { type: 'string' },
  },
  async run(input) {
    await withDesk(input, openOperationsDesk, actionOf(input));
    return 0;
  },
};

type Action = (desk: OperationsDesk) => Promise<void>;

/** @throws UsageError before anything is opened */
function actionOf(input: CommandInput): Action {
  const [verb] = input.positionals;
  if (verb === 'list') return listing(input);
  if (verb !== undefined && verb !== 'show' && verb !== 'resolve')
    throw new UsageError(`"${verb}" is none of list, show and resolve`);
  const [, id = ''] = expectPositionals(input, ['list, show or resolve', 'id']);
  if (verb === 'show') return (desk) => show(desk, id, input.flags.has('input'));
  return resolving(input, id);
}

function listing(input: CommandInput): Action {
  expectPositionals(input, ['list']);
  const { state = 'unknown' } = input.values;
  const states = state === 'all' ? STATES : STATES.filter((one) => one === state);
  if (states.length === 0) throw new UsageError(`--state takes all, ${STATES.join(', ')}; not "${state}"`);
  const most = numberOption(input, 'most', { min: 1, max: 10_000 }) ?? MOST;
  return async (desk) => {
    const records = await desk.list(states, most);
    for (const record of records) console.log(lineOf(record));
    if (records.length === 0) console.error(state === 'all' ? 'there are none' : `none is ${state}`);
  };
}

function lineOf({ id, state, acceptedAt, tries, reason = '-', route }: DeferredRecord): string {
  return [id, state.padEnd(9), new Date(acceptedAt).toISOString(), tries, reason, route].join('  ');
}

async function show(desk: OperationsDesk, id: string, withInput: boolean): Promise<void> {
  const record = await desk.find(id);
  if (record === undefined) throw new CommandError(`there is no operation ${id}, or not any more`);
  const { acceptedAt, giveUpAt, finishedAt, answer, ...rest } = record;
  const shown = {
    ...rest,
    acceptedAt: new Date(acceptedAt),
    giveUpAt: new Date(giveUpAt),
    ...(finishedAt !== undefined && { finishedAt: new Date(finishedAt) }),
    ...(answer && { answerStatus: answer.status }),
    ...(withInput && { input: (await desk.inputOf(id)) ?? 'erased, or sealed with another key' }),
  };
  console.log(JSON.stringify(shown, undefined, 2));
}

function resolving(input: CommandInput, id: string): Action {
  const given = ['succeeded', 'failed', 'retry'].filter((flag) => input.flags.has(flag));
  const [verdict] = given;
  if (verdict === undefined || given.length > 1)
    throw new UsageError('say one of --succeeded, --failed and --retry');
  const { result } = input.values;
  if (result !== undefined && verdict !== 'succeeded') throw new UsageError('--result goes with --succeeded');
  const json = result === undefined ? undefined : readJson(result);
  return async (desk) => {
    const isDone = await (verdict === 'succeeded'
      ? desk.succeeded(id, json)
      : verdict === 'failed'
        ? desk.failed(id)
        : desk.retry(id));
    if (!isDone) throw new CommandError(`${id} is not an operation whose outcome is unknown; see "show"`);
    console.log(`${id}: ${verdict === 'retry' ? 'to be carried out now' : verdict}`);
  };
}

function readJson(file: string): JsonValue {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JsonValue;
  } catch (error) {
    throw new CommandError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
