import type { Channel, ChannelModel, Options } from 'amqplib';
import { deadQueueOf, retryQueueOf, type BusTopology, type QueueTopology } from '../bus/bus-topology.ts';
import { reasonOf } from './open-session.ts';
import { TopologyError } from './topology-error.ts';

/** One exchange or queue: how it is made, and how it is looked for. */
interface Part {
  readonly name: string;
  readonly declare: (channel: Channel) => Promise<unknown>;
  readonly check: (channel: Channel) => Promise<unknown>;
}

/**
 * What is given up must not get lost on the way, and a browser of dead letters, whose looking counts as a delivery, must
 * not delete them.
 */
const KEPT_FOR_GOOD = { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 };

/**
 * Makes what is missing, or only looks whether it is there.
 * @throws TopologyError that names everything that is not as it should be.
 */
export async function declareTopology(model: ChannelModel, topology: BusTopology): Promise<void> {
  const problems: string[] = [];
  let channel: Channel | undefined;
  for (const part of partsOf(topology)) {
    channel ??= await openQuietChannel(model);
    try {
      await (topology.mode === 'declare' ? part.declare(channel) : part.check(channel));
    } catch (error) {
      // The broker has closed the channel with its answer; the next part gets a new one.
      channel = undefined;
      if (!isAboutPart(error)) throw error;
      problems.push(`${part.name}: ${readable(reasonOf(error))}`);
    }
  }
  await channel?.close();
  if (problems.length > 0) throw new TopologyError(problems.join('; '));
}

async function openQuietChannel(model: ChannelModel): Promise<Channel> {
  const channel = await model.createChannel();
  // The call that it answers fails as well; without a listener the event would end the process.
  channel.on('error', () => undefined);
  return channel;
}

function partsOf(topology: BusTopology): readonly Part[] {
  const { exchanges, foreignExchanges = [], deadLetterExchange, queues } = topology;
  const own = new Set([...exchanges, ...(queues.length > 0 ? [deadLetterExchange] : [])]);
  return [
    ...[...own].map(exchangePart),
    ...foreignExchanges.filter((exchange) => !own.has(exchange)).map(foreignPart),
    ...queues.flatMap((queue) => queueParts(queue, deadLetterExchange)),
  ];
}

function foreignPart(exchange: string): Part {
  const { name, check } = exchangePart(exchange);
  return { name, check, declare: check };
}

function exchangePart(exchange: string): Part {
  return {
    name: `exchange "${exchange}"`,
    declare: (channel) => channel.assertExchange(exchange, 'topic', { durable: true }),
    check: (channel) => channel.checkExchange(exchange),
  };
}

function queueParts(queue: QueueTopology, deadLetterExchange: string): readonly Part[] {
  const { name, bindings, retryDelaysMs } = queue;
  const dead = deadQueueOf(name);
  return [
    queuePart(dead, { arguments: KEPT_FOR_GOOD }, [{ exchange: deadLetterExchange, pattern: name }]),
    queuePart(name, { arguments: argumentsOf(queue, deadLetterExchange) }, bindings),
    ...retryDelaysMs.map((delayMs) =>
      queuePart(retryQueueOf(name, delayMs), { arguments: delayArguments(name, delayMs) }, []),
    ),
  ];
}

function queuePart(name: string, options: Options.AssertQueue, bindings: QueueTopology['bindings']): Part {
  return {
    name: `queue "${name}"`,
    declare: async (channel) => {
      await channel.assertQueue(name, { durable: true, ...options });
      for (const { exchange, pattern } of bindings) await channel.bindQueue(name, exchange, pattern);
    },
    check: (channel) => channel.checkQueue(name),
  };
}

function argumentsOf({ name, type, deliveryLimit }: QueueTopology, deadLetterExchange: string): object {
  const toDead = { 'x-dead-letter-exchange': deadLetterExchange, 'x-dead-letter-routing-key': name };
  if (type === 'classic') return { 'x-queue-type': 'classic', ...toDead };
  return { 'x-queue-type': 'quorum', 'x-delivery-limit': deliveryLimit, ...atLeastOnce, ...toDead };
}

/** After the delay it is in its queue again. */
function delayArguments(queue: string, delayMs: number): object {
  return {
    'x-queue-type': 'quorum',
    'x-message-ttl': delayMs,
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': queue,
    ...atLeastOnce,
  };
}

/** A message leaves a queue only once the next has confirmed it (RabbitMQ 3.10). */
const atLeastOnce = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

/** ACCESS_REFUSED, NOT_FOUND, RESOURCE_LOCKED, PRECONDITION_FAILED, and NOT_ALLOWED. */
function isAboutPart(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' && [403, 404, 405, 406, 530].includes(code);
}

/** `Operation failed: QueueDeclare; 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - inequivalent arg ..."` */
function readable(reason: string): string {
  return /with message "(.*)"$/s.exec(reason)?.[1] ?? reason;
}
