import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';
import { readScriptCall } from '../test/script-call.ts';
import { startRabbitMq } from '../test/services/rabbitmq.ts';
import type { BusContender } from './bus/contender.ts';
import { startOurs } from './bus/ours.ts';
import { startPlain } from './bus/plain.ts';
import { median, quantile } from './measure/statistics.ts';

const USAGE = `usage: node bench/bus.ts [--rounds N] [--messages N] [--parallel N] [--bytes N]

Publishing with confirmation, consuming with acknowledgement, and RPC, by Portico and by plain amqplib doing the same, in turn and
round by round on one RabbitMQ. What is told are medians; the ratio is taken within each round.`;

const OPTIONS = {
  rounds: { type: 'string', default: '7' },
  messages: { type: 'string', default: '5000' },
  parallel: { type: 'string', default: '100' },
  bytes: { type: 'string', default: '1024' },
} as const;

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const { values } = readScriptCall(USAGE, OPTIONS, ['rounds', 'messages', 'parallel', 'bytes']);
const [messages, parallel] = [Number(values.messages), Number(values.parallel)];
const body = Buffer.alloc(Number(values.bytes), 'x');
const PREFETCH = 500;
const broker = await startRabbitMq();
if (typeof broker === 'string') throw new Error(broker);
const [queue, asked] = [`bench.${randomUUID()}`, `bench.${randomUUID()}`];
const responder = await startResponder(broker.url);
const contenders = [await startOurs(broker.url, PREFETCH), await startPlain(broker.url, PREFETCH)];

for (const [what, work] of Object.entries({ publish, consume, rpc })) {
  for (const contender of contenders) await work(contender);
  const rounds = new Map<BusContender, Round[]>(contenders.map((one) => [one, []]));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const one of round % 2 === 0 ? contenders : contenders.toReversed())
      rounds.get(one)!.push(await work(one));
  tell(what, rounds);
}

for (const contender of contenders) await contender.close();
await responder.close();
await broker.stop();

async function publish(contender: BusContender): Promise<Round> {
  const round = await inParallel(() => contender.publish(queue, body));
  await responder.purge(queue);
  return round;
}

async function consume(contender: BusContender): Promise<Round> {
  await inParallel(() => contenders[1]!.publish(queue, body));
  const all = Promise.withResolvers<undefined>();
  let heard = 0;
  const startedAt = performance.now();
  const stop = await contender.consume(queue, () => {
    if (++heard === messages) all.resolve(undefined);
  });
  await all.promise;
  const seconds = (performance.now() - startedAt) / 1000;
  await stop();
  return { perSecond: messages / seconds, p50: 0, p99: 0 };
}

function rpc(contender: BusContender): Promise<Round> {
  return inParallel(() => contender.call(asked, body));
}

async function inParallel(one: () => Promise<unknown>): Promise<Round> {
  const took: number[] = [];
  let begun = 0;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (begun < messages) {
      begun += 1;
      const at = performance.now();
      await one();
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  return { perSecond: messages / seconds, p50: quantile(took, 0.5), p99: quantile(took, 0.99) };
}

async function startResponder(
  url: string,
): Promise<{ purge(name: string): Promise<unknown>; close(): Promise<void> }> {
  const link = await connect(url, { noDelay: true });
  const channel = await link.createChannel();
  for (const name of [queue, asked]) await channel.assertQueue(name, { durable: true });
  await channel.prefetch(PREFETCH);
  await channel.consume(asked, (message) => {
    const { replyTo, correlationId } = message!.properties as { replyTo: string; correlationId: string };
    channel.sendToQueue(replyTo, message!.content, { correlationId, contentType: 'text/xml' });
    channel.ack(message!);
  });
  return { purge: (name) => channel.purgeQueue(name), close: () => link.close() };
}

function tell(what: string, rounds: ReadonlyMap<BusContender, readonly Round[]>): void {
  for (const [{ name }, all] of rounds) {
    const of = (pick: (round: Round) => number): string => median(all.map(pick)).toFixed(1);
    console.log(
      `${what.padEnd(8)} ${name.padEnd(8)} ${of((one) => one.perSecond).padStart(9)}/s  p50 ${of((one) => one.p50)} ms  p99 ${of((one) => one.p99)} ms`,
    );
  }
  const [ours, plain] = [...rounds.values()] as [readonly Round[], readonly Round[]];
  const ratios = ours.map(({ perSecond }, index) => perSecond / plain[index]!.perSecond);
  console.log(`${what.padEnd(8)} ratio    ${median(ratios).toFixed(2)}`);
}
