import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { toIban } from '../../examples/bank/iban.ts';
import { ACK, BusError, createAmqpMessageBus, type Delivery } from '../../connectors/index.ts';
import { AMOUNT } from '../commands/client.ts';
import type { Tally } from '../commands/client.ts';

/** What the sender knows of one command. */
export interface SentCommand {
  readonly id: string;
  /** Every different body that came with status 201. */
  readonly answers: Set<string>;
  /** Codes of problems. */
  readonly problems: Set<string>;
}

/** An ESB that sends commands until the broker has each of them, and hears replies. */
export interface Sender {
  readonly commands: readonly SentCommand[];
  /** Sends so many, so many at a time. Resolves when all of them are confirmed. */
  send(count: number, atOnce: number): Promise<void>;
  /** Replies that were there before, the same once more. */
  readonly repeated: () => number;
  close(): Promise<void>;
}

const QUEUE = 'bank.commands';
const CONFIRM_MS = 5000;
const PAUSE_MS = 200;
const LINGER_MS = 600_000;

const BODY = Buffer.from(
  JSON.stringify({
    payment: {
      '@type': 'DomesticPayment',
      debtorAccountId: 'acc-1001',
      creditor: { name: 'Ben Okafor', iban: toIban('20010001') },
      amount: AMOUNT,
      currency: 'EUR',
    },
  }),
);

/** @param tally of what the broker said to each publication, and of replies by their status */
export async function createSender(
  url: string,
  token: string,
  tally: Tally,
  onReply: (answered: number) => void,
): Promise<Sender> {
  const bus = createAmqpMessageBus({
    urls: [url],
    topology: { mode: 'declare', exchanges: [], deadLetterExchange: 'portico.dead', queues: [] },
  });
  const commands: SentCommand[] = [];
  const byId = new Map<string, SentCommand>();
  const replied = new Set<string>();
  let repeated = 0;
  const count = (name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1);
  const hear = ({ properties, body }: Delivery): typeof ACK => {
    const command = byId.get(properties.correlationId ?? '');
    if (command === undefined) throw new Error('a reply to nothing that was sent');
    const status = Number(properties.headers?.['status']);
    const text = Buffer.from(body).toString();
    if (command.answers.has(text)) repeated += 1;
    count(`reply ${status}`);
    if (status === 201) command.answers.add(text);
    else command.problems.add(String(properties.headers?.['code']));
    replied.add(command.id);
    onReply(replied.size);
    return ACK;
  };
  const own = { name: `esb.replies.${randomUUID()}`, bindings: [], lingerMs: LINGER_MS };
  const replies = await bus.consume(own, { prefetch: 200 }, hear);
  /** With the same message id until it is confirmed: what came twice is one command. */
  const publish = async (id: string): Promise<void> => {
    for (;;) {
      const kind = await bus
        .publish({
          exchange: '',
          routingKey: QUEUE,
          properties: {
            contentType: 'application/json',
            type: 'createTransfer',
            messageId: id,
            correlationId: id,
            replyTo: replies.queue,
            headers: { authorization: `Bearer ${token}` },
          },
          body: BODY,
          deadline: Date.now() + CONFIRM_MS,
        })
        .then(
          (outcome) => outcome.kind,
          (error: unknown) => {
            if (!(error instanceof BusError)) throw error;
            return error.code;
          },
        );
      count(`publish ${kind}`);
      if (kind === 'confirmed') return;
      await setTimeout(PAUSE_MS);
    }
  };
  return {
    commands,
    async send(wanted, atOnce) {
      const work = async (): Promise<void> => {
        while (commands.length < wanted) {
          const command = { id: randomUUID(), answers: new Set<string>(), problems: new Set<string>() };
          byId.set(command.id, command);
          commands.push(command);
          await publish(command.id);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
    repeated: () => repeated,
    close: () => bus.close(),
  };
}
