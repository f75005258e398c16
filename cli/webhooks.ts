import {
  openWebhooksDesk,
  type DeliveryState,
  type ShownDelivery,
  type WebhooksDesk,
} from '../facade/index.ts';
import { CommandError, numberOption, UsageError, type Command, type CommandInput } from './command.ts';
import { DEFAULT_CONFIG } from './config-source.ts';
import { withDesk } from './with-desk.ts';

const STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'dead'];
const MOST = 100;

export const webhooksCommand: Command = {
  name: 'webhooks',
  usage: 'list|replay [<number>] [--config portico.yaml]',
  summary: 'deliveries to webhooks; have dead ones tried again',
  help: `  list              the newest first; --state S (default dead; all), --most N (default ${MOST})
  replay <number>   has a dead one tried again from the beginning; --all: all of them
  --config FILE     default ${DEFAULT_CONFIG}`,
  options: {
    config: { type: 'string' },
    state: { type: 'string' },
    most: { type: 'string' },
    all: { type: 'boolean' },
  },
  async run(input) {
    await withDesk(input, openWebhooksDesk, actionOf(input));
    return 0;
  },
};

type Action = (desk: WebhooksDesk) => Promise<void>;

function actionOf(input: CommandInput): Action {
  const [verb, text, ...rest] = input.positionals;
  if (rest.length > 0) throw new UsageError('too many words');
  if (verb === 'list' && text === undefined) return list(input);
  if (verb === 'replay') return replay(input, text);
  throw new UsageError('say what to do: list, or replay <number>');
}

function list(input: CommandInput): Action {
  const { state = 'dead' } = input.values;
  const wanted = STATES.find((one) => one === state);
  if (wanted === undefined && state !== 'all')
    throw new UsageError(`--state is one of ${STATES.join(', ')}, all`);
  const most = numberOption(input, 'most', { min: 1, max: 10_000 }) ?? MOST;
  return async (desk) => {
    const deliveries = await desk.list(wanted, most);
    for (const delivery of deliveries) console.log(lineOf(delivery));
    if (deliveries.length === 0) console.error(state === 'all' ? 'there are none' : `none is ${state}`);
  };
}

function replay({ flags }: CommandInput, text: string | undefined): Action {
  if (flags.has('all') === (text !== undefined)) throw new UsageError('name one delivery, or say --all');
  if (text !== undefined && !/^\d{1,15}$/.test(text))
    throw new UsageError(`"${text}" is no number of a delivery`);
  return async (desk) => {
    const count = await desk.replay(text === undefined ? undefined : Number(text));
    if (count === 0 && text !== undefined) throw new CommandError(`there is no dead delivery ${text}`);
    console.log(`${count} to be tried again`);
  };
}

/** Tabs between: number, webhook, event, state, attempts, since when, id, and why the last attempt failed. */
function lineOf({
  number,
  target,
  event,
  state,
  attempts,
  createdAt,
  uid,
  reason = '',
}: ShownDelivery): string {
  return [number, target, event, state, attempts, new Date(createdAt).toISOString(), uid, reason].join('\t');
}
