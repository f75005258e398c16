import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from 'amqplib';
import {
  createAmqpMessageBus,
  type AmqpMessageBusOptions,
} from '../../../connectors/amqp/amqp-message-bus.ts';
import { deadQueueOf, retryQueueOf, type BusTopology } from '../../../connectors/bus/bus-topology.ts';
import { ACK } from '../../../connectors/bus/message.ts';
import type { BusState, MessageBus } from '../../../connectors/bus/message-bus.ts';
import { startCuttingProxy, type CuttingProxy } from '../../services/cutting-proxy.ts';
import { freePort } from '../../services/free-port.ts';
import { startRabbitMq, type RabbitMq } from '../../services/rabbitmq.ts';
import { skipBecause } from '../../services/skip-because.ts';
import {
  behavesAsMessageBus,
  Heard,
  publicationOf,
  soon,
  textOf,
  topologyOfTest,
} from './behaves-as-message-bus.ts';

describe('RabbitMQ message bus', function () {
  this.timeout(90_000);
  let broker: RabbitMq;
  let proxy: CuttingProxy;
  const open: MessageBus[] = [];

  before(async function () {
    const started = await startRabbitMq();
    if (typeof started === 'string') skipBecause(this, started);
    broker = started;
    proxy = await startCuttingProxy(Number(new URL(broker.url).port));
  });
  afterEach(async () => {
    proxy.thaw();
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });
  after(async () => {
    await (proxy as CuttingProxy | undefined)?.close();
    await (broker as RabbitMq | undefined)?.stop();
  });

  const viaProxy = (): string => broker.url.replace(/:\d+$/, `:${proxy.port}`);

  function busOf(options: Partial<AmqpMessageBusOptions> = {}): MessageBus {
    const bus = createAmqpMessageBus({ urls: [broker.url], topology: topologyOfTest(), ...options });
    open.push(bus);
    return bus;
  }

  behavesAsMessageBus((topology, observer) =>
    createAmqpMessageBus({ urls: [broker.url], topology, ...(observer && { observer }) }),
  );

  it('tries its URLs in turn', async () => {
    const away = `amqp://guest:guest@127.0.0.1:${await freePort()}`;
    const bus = busOf({ urls: [away, away, broker.url] });
    await bus.opened(soon());
    assert.equal(bus.state().isConnected, true);
  });

  it('tells that it is connected, and of no failure where there was none', async () => {
    const connected = Promise.withResolvers<undefined>();
    const failures: unknown[] = [];
    const onState = ({ isConnected, failure }: BusState): void => {
      if (failure !== undefined) failures.push(failure);
      if (isConnected) connected.resolve(undefined);
    };
    const bus = busOf({ observer: { onState } });
    await connected.promise;
    assert.equal(bus.state().isConnected, true);
    assert.deepEqual(failures, []);
  });

  it('says that the outcome is unknown when the connection is cut before the confirmation, and comes back', async () => {
    const topology = topologyOfTest();
    const exchange = topology.exchanges[0]!;
    const bus = busOf({ urls: [viaProxy()], topology });
    await bus.publish(publicationOf(exchange, 'pay.now', '1'));
    proxy.freeze();
    const unsure = bus.publish(publicationOf(exchange, 'pay.now', '2'));
    proxy.cut();
    proxy.thaw();
    assert.equal((await unsure).kind, 'unknown');
    assert.equal((await bus.publish(publicationOf(exchange, 'pay.now', '3'))).kind, 'confirmed');
  });

  it('says by the deadline that the outcome is unknown when the broker falls silent', async () => {
    const topology = topologyOfTest();
    const exchange = topology.exchanges[0]!;
    const bus = busOf({ urls: [viaProxy()], topology });
    await bus.publish(publicationOf(exchange, 'pay.now', '1'));
    proxy.freeze();
    const outcome = await bus.publish(
      publicationOf(exchange, 'pay.now', '2', { deadline: Date.now() + 100 }),
    );
    assert.equal(outcome.kind, 'unknown');
    assert.equal(bus.state().waiting.messages, 1);
  });

  it('takes a broker for dead that says nothing for two heartbeats', async () => {
    const away = Promise.withResolvers<BusState>();
    const bus = busOf({
      urls: [viaProxy()],
      heartbeatSeconds: 1,
      observer: { onState: (state) => state.failure !== undefined && away.resolve(state) },
    });
    await bus.opened(soon());
    proxy.freeze();
    // The broker, who hears nothing of us either, may have given up a moment before.
    assert.match((await away.promise).failure!, /Heartbeat timeout|Unexpected close/);
    proxy.cut();
    proxy.thaw();
    await bus.opened(soon());
  });

  it('holds what waits for the broker in bounds, sends it in order when it is back, and refuses the rest', async () => {
    const topology = topologyOfTest();
    const [queue, exchange] = [topology.queues[0]!.name, topology.exchanges[0]!];
    const bus = busOf({ urls: [viaProxy()], topology, waitMs: 30_000, mostMessages: 10, mostBytes: 100 });
    await bus.opened(soon());
    proxy.refuse();
    proxy.cut();
    while (bus.state().isConnected) await new Promise(setImmediate);
    const waiting = Array.from({ length: 10 }, (_, index) =>
      bus.publish(publicationOf(exchange, 'pay.now', String(index))),
    );
    const full = { code: 'FULL', mayHaveBeenPublished: false };
    await assert.rejects(bus.publish(publicationOf(exchange, 'pay.now', 'x')), full);
    assert.deepEqual(bus.state().waiting, { messages: 10, bytes: 10 });
    proxy.thaw();
    assert.ok((await Promise.all(waiting)).every(({ kind }) => kind === 'confirmed'));
    assert.deepEqual(bus.state().waiting, { messages: 0, bytes: 0 });
    await assert.rejects(bus.publish(publicationOf(exchange, 'pay.now', 'x'.repeat(101))), full);
    const heard = new Heard();
    await bus.consume(queue, { prefetch: 20, deadline: soon() }, (delivery) => {
      heard.add(delivery);
      return ACK;
    });
    await heard.count(10);
    assert.deepEqual(heard.deliveries.map(textOf), '0123456789'.split(''));
  });

  it('withdraws what is not wanted any more when the broker is back', async () => {
    const topology = topologyOfTest();
    const bus = busOf({ urls: [viaProxy()], topology, waitMs: 30_000 });
    await bus.opened(soon());
    proxy.refuse();
    proxy.cut();
    while (bus.state().isConnected) await new Promise(setImmediate);
    const publication = publicationOf(topology.exchanges[0]!, 'pay.now', 'x', { mayLeave: () => false });
    const withdrawn = assert.rejects(bus.publish(publication), {
      code: 'WITHDRAWN',
      mayHaveBeenPublished: false,
    });
    proxy.thaw();
    await withdrawn;
  });

  it('brings what was not settled again after a cut, and loses nothing of it', async () => {
    const topology = topologyOfTest();
    const [queue, exchange] = [topology.queues[0]!.name, topology.exchanges[0]!];
    const publisher = busOf({ topology });
    const bus = busOf({ urls: [viaProxy()], topology });
    const heard = new Heard();
    await bus.consume(queue, { prefetch: 1, deadline: soon() }, async (delivery) => {
      heard.add(delivery);
      if (heard.deliveries.length > 1) return ACK;
      proxy.cut();
      return ACK;
    });
    await publisher.publish(publicationOf(exchange, 'pay.now', '1'));
    await heard.count(2);
    assert.deepEqual(
      heard.deliveries.map((delivery) => [textOf(delivery), delivery.isRedelivered, delivery.attempt]),
      [
        ['1', false, 1],
        ['1', true, 1],
      ],
    );
  });

  it('keeps an own queue that lingers, with what came into it, while its connection is cut', async () => {
    const topology = topologyOfTest();
    const publisher = busOf({ topology });
    const bus = busOf({ urls: [viaProxy()], topology });
    const heard = new Heard();
    const source = { bindings: [], lingerMs: 60_000 };
    const consumer = await bus.consume(source, { prefetch: 5, deadline: soon() }, (delivery) => {
      heard.add(delivery);
      return ACK;
    });
    proxy.refuse();
    proxy.cut();
    await publisher.publish(publicationOf('', consumer.queue, 'while away'));
    proxy.thaw();
    await heard.count(1);
    assert.equal(textOf(heard.deliveries[0]!), 'while away');
    await consumer.close();
    assert.equal((await publisher.publish(publicationOf('', consumer.queue, 'x'))).kind, 'returned');
  });

  it('makes a queue anew that somebody deleted under its consumer', async () => {
    const topology = topologyOfTest();
    const [queue, exchange] = [topology.queues[0]!.name, topology.exchanges[0]!];
    const bus = busOf({ topology });
    const heard = new Heard();
    await bus.consume(queue, { prefetch: 5, deadline: soon() }, (delivery) => {
      heard.add(delivery);
      return ACK;
    });
    const other = await connect(broker.url);
    await (await other.createChannel()).deleteQueue(queue);
    await other.close();
    while ((await bus.publish(publicationOf(exchange, 'pay.now', '1'))).kind !== 'confirmed')
      await new Promise(setImmediate);
    await heard.count(1);
  });

  it('leaves a message to the broker that cannot be written once more, and goes on with the next', async () => {
    const topology = topologyOfTest();
    const [{ name }] = topology.queues as [BusTopology['queues'][0]];
    const bus = busOf({ topology });
    const heard = new Heard();
    await bus.consume(name, { prefetch: 1 }, (delivery) => {
      heard.add(delivery);
      return textOf(delivery) === 'next' ? ACK : { kind: 'retry', reason: 'not now' };
    });
    // With what says how often it was tried, these headers are longer than a message can have.
    const headers = { filler: 'x'.repeat(65_450) };
    await bus.publish({ ...publicationOf('', name, 'full'), properties: { headers } });
    await bus.publish(publicationOf('', name, 'next'));
    await heard.count(2);
    while ((await bus.count(deadQueueOf(name), soon())) !== 1) await new Promise(setImmediate);
  });

  it('takes a message whose history is no history', async () => {
    const topology = topologyOfTest();
    const [{ name }] = topology.queues as [BusTopology['queues'][0]];
    const bus = busOf({ topology });
    const heard = new Heard();
    await bus.consume(name, { prefetch: 1 }, (delivery) => {
      heard.add(delivery);
      return ACK;
    });
    const time = { '!': 'timestamp', value: 1e18 };
    const headers = { 'x-death': [{ reason: 'made up', queue: 'q', count: 3, time }] };
    await bus.publish({ ...publicationOf('', name, 'forged'), properties: { headers } });
    await heard.count(1);
    assert.deepEqual(heard.deliveries[0]!.death, { reason: 'made up', queue: 'q', attempts: 3 });
  });

  it('names every queue that is not as configured, and what differs', async () => {
    const topology = topologyOfTest();
    const [{ name }] = topology.queues as [BusTopology['queues'][0]];
    await busOf({ topology }).opened(soon());
    const other = { ...topology, queues: topologyOfTest({ name, deliveryLimit: 7, bindings: [] }).queues };
    const bus = busOf({ topology: { ...other, deadLetterExchange: topology.deadLetterExchange } });
    await assert.rejects(bus.opened(soon()), {
      code: 'TOPOLOGY',
      message: new RegExp(`queue "${name}": PRECONDITION_FAILED.*x-delivery-limit.*'7'.*'20'`),
    });
    const refused = bus.publish(publicationOf('', name, 'x', { deadline: Date.now() + 200 }));
    await assert.rejects(refused, { code: 'TOPOLOGY', mayHaveBeenPublished: false });
  });

  it('makes nothing where others do, but says everything that is missing', async () => {
    const topology = { ...topologyOfTest(), mode: 'check' as const };
    const [{ name }] = topology.queues as [BusTopology['queues'][0]];
    await assert.rejects(busOf({ topology }).opened(soon()), (error: Error) => {
      for (const missing of [
        topology.exchanges[0]!,
        topology.deadLetterExchange,
        name,
        deadQueueOf(name),
        retryQueueOf(name, 50),
      ])
        assert.ok(error.message.includes(`"${missing}": NOT_FOUND`), missing);
      return true;
    });
    await busOf({ topology: { ...topology, mode: 'declare' } }).opened(soon());
    await busOf({ topology }).opened(soon());
  });

  it('only looks for an exchange of others, whatever its type', async () => {
    const foreign = `t.foreign.${process.pid}`;
    const topology = { ...topologyOfTest(), foreignExchanges: [foreign] };
    await assert.rejects(busOf({ topology }).opened(soon()), {
      message: new RegExp(`${foreign}": NOT_FOUND`),
    });
    const other = await connect(broker.url);
    await (await other.createChannel()).assertExchange(foreign, 'direct', { durable: true });
    await other.close();
    const bus = busOf({ topology });
    await bus.opened(soon());
    assert.equal((await bus.publish(publicationOf(foreign, 'x', 'x'))).kind, 'returned');
  });

  it('refuses while the broker is short of memory, holds nothing meanwhile, and goes on afterwards', async function () {
    if (!broker.control) skipBecause(this, "the server is somebody else's: its memory is not touched");
    const topology = topologyOfTest();
    const [queue, exchange] = [topology.queues[0]!.name, topology.exchanges[0]!];
    const blocked = Promise.withResolvers<string>();
    const bus = busOf({
      topology,
      observer: { onState: ({ blocked: reason }) => reason !== undefined && blocked.resolve(reason) },
    });
    await bus.opened(soon());
    await broker.control('set_vm_memory_high_watermark', '0.00001');
    // The broker says so to who publishes.
    const first = bus.publish(
      publicationOf(exchange, 'pay.now', 'before', { deadline: Date.now() + 60_000 }),
    );
    assert.match(await blocked.promise, /memory/);
    const refusals = await Promise.all(
      Array.from({ length: 1000 }, () =>
        bus.publish(publicationOf(exchange, 'pay.now', 'x'.repeat(10_000))).catch((error: unknown) => error),
      ),
    );
    assert.ok(
      refusals.every(
        (error) =>
          error instanceof Error && 'code' in error && error.code === 'BLOCKED' && !('kind' in error),
      ),
    );
    assert.ok(bus.state().waiting.messages <= 1);
    assert.match(bus.state().blocked!, /memory/);
    await broker.control('set_vm_memory_high_watermark', '0.4');
    assert.equal((await first).kind, 'confirmed');
    while (bus.state().blocked !== undefined) await new Promise(setImmediate);
    assert.equal((await bus.publish(publicationOf(exchange, 'pay.now', 'after'))).kind, 'confirmed');
    while ((await bus.count(queue, soon())) !== 2) await new Promise(setImmediate);
  });

  it('neither waits nor keeps the process when it is closed while the broker is silent', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bus = busOf({
      urls: [`amqp://127.0.0.1:${(server.address() as AddressInfo).port}`],
      connectTimeoutMs: 60_000,
    });
    const startedAt = performance.now();
    await bus.close();
    assert.ok(performance.now() - startedAt < 5000);
    server.close();
  });

  it('speaks of its password in no error', async () => {
    const secret = 's3cret-word';
    const urls = [
      broker.url.replace(/\/\/.*@/, `//guest:${secret}@`),
      `amqp://guest:${secret}@127.0.0.1:${await freePort()}`,
    ];
    const states: string[] = [];
    const bus = busOf({
      urls,
      waitMs: 500,
      observer: { onState: (state) => states.push(JSON.stringify(state)) },
    });
    await assert.rejects(bus.publish(publicationOf('', 'x', 'x')), (error: Error) => {
      assert.doesNotMatch(`${error.message} ${String(error.stack)} ${String(error.cause)}`, /s3cret/);
      return true;
    });
    assert.ok(states.length > 0);
    assert.doesNotMatch(states.join(), /s3cret/);
  });
});
