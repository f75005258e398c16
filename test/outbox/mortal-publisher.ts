import { randomUUID } from 'node:crypto';
import { createAmqpMessageBus, createEventBus, type BusEvent } from '../../connectors/index.ts';
import type { CommandStore } from '../../facade/commands/command-store.ts';
import { createEventTally } from '../../facade/events/event-tally.ts';
import { startRelay } from '../../facade/events/relay.ts';
import { EXCHANGE, openStore, topology, type Order } from './order.ts';

/**
 * A process that writes events down, each with the ending of its command, publishes what it finds in the outbox, and kills
 * itself with SIGKILL at the publication that it was told: before it, or after it and before it can say so.
 */
const order = JSON.parse(process.argv[2]!) as Order;
const store = await openStore(order.store);
await store.beat();
const beating = setInterval(() => void store.beat(), 100);
for (const told of order.events) await commit(store, told);

const messages = createAmqpMessageBus({ urls: [order.broker], topology });
const bus = createEventBus(messages, { exchange: EXCHANGE });
let publications = 0;
const relay = startRelay({
  outbox: async () => store.outbox,
  publish: async (event: BusEvent) => {
    publications += 1;
    const isLast = publications === order.diesAt;
    if (isLast && !order.diesAfter) die();
    await bus.publish(event, { mustReachQueue: true });
    if (isLast) die();
  },
  isConnected: () => bus.isConnected(),
  logger: { warn: () => undefined, error: () => undefined },
  tally: createEventTally(),
  pollMs: 50,
});

// One that is not to die ends when nothing is left.
if (order.diesAt === undefined) {
  while ((await store.outbox.depth()).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  clearInterval(beating);
  // A thread that is about to end keeps no process.
  const staying = setInterval(() => undefined, 1000);
  await relay.close();
  await messages.close();
  await store.close();
  clearInterval(staying);
}

// Another process may have published all there was: one that is to die at a publication then writes one more.
for (; order.diesAt !== undefined; await new Promise((resolve) => setTimeout(resolve, 50)))
  if ((await store.outbox.depth()).waiting === 0) await commit(store, order.events[0]!);

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way.
  for (;;);
}

async function commit(to: CommandStore, { lane, count }: Order['events'][number]): Promise<void> {
  const [id, claim] = [randomUUID(), randomUUID()];
  await to.begin({ id, claim, fingerprint: 'f', operation: 'outbox POST /told' });
  const event: BusEvent = {
    id: randomUUID(),
    event: 'told',
    time: new Date().toISOString(),
    subject: lane,
    data: Buffer.from(JSON.stringify({ lane, count })),
  };
  const isWritten = await to.end(id, claim, { kind: 'answered', answer: { status: 201 } }, { lane, event });
  if (!isWritten) throw new Error('the ending was not written');
}
