import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect } from 'amqplib';
import { createAmqpBus } from '../../connectors/amqp/amqp-bus.ts';
import type { BusError } from '../../connectors/bus/bus-error.ts';
import type { BusEvent, EventBus, UndeliveredListener } from '../../connectors/bus/event-bus.ts';
import { createInProcessBus } from '../../connectors/bus/in-process-bus.ts';
import { startRabbitMq, type RabbitMq } from '../services/rabbitmq.ts';
import { skipBecause } from '../services/skip-because.ts';

function eventOf(event: string, json: string, more: Partial<BusEvent> = {}): BusEvent {
  return { id: `id-${event}`, event, time: '2026-03-01T09:30:00.123456Z', data: Buffer.from(json), ...more };
}

/** What a handler heard so far, and a wait for the next of it. */
function listener(): {
  readonly heard: BusEvent[];
  readonly handler: (event: BusEvent) => void;
  count: (wanted: number) => Promise<void>;
} {
  const heard: BusEvent[] = [];
  let onHeard = (): void => undefined;
  return {
    heard,
    handler: (event) => {
      heard.push(event);
      onHeard();
    },
    count: async (wanted) => {
      while (heard.length < wanted) await new Promise<void>((resolve) => (onHeard = resolve));
    },
  };
}

function textOf({ data }: BusEvent): string {
  return Buffer.from(data).toString();
}

/** What holds for every bus. */
function behavesAsBus(createBus: (onUndelivered?: UndeliveredListener) => EventBus): void {
  let bus: EventBus;
  beforeEach(() => {
    bus = createBus();
  });
  afterEach(() => bus.close());

  it('brings an event to a subscriber as it was published', async () => {
    const { heard, handler, count } = listener();
    await bus.subscribe('transfer.completed', handler);
    const event = eventOf(
      'transfer.completed',
      '{"amount":"10.005","rate":1.2500000000000000000001,"name":"Äiti \\"\\u0001"}',
      {
        subject: 'T-1',
        requestId: 'r-1',
        source: '/elsewhere',
        dataSchema: 'urn:transfers',
        extensions: { partitionkey: '4711' },
      },
    );
    await bus.publish(event);
    await count(1);
    assert.deepEqual({ ...heard[0], data: textOf(heard[0]!) }, { ...event, data: textOf(event) });
  });

  it('chooses subscribers by topic pattern', async () => {
    const one = listener();
    const all = listener();
    await bus.subscribe('transfer.*', one.handler);
    await bus.subscribe('#', all.handler);
    for (const name of ['transfer', 'transfer.completed.late', 'transfer.completed', 'end'])
      await bus.publish(eventOf(name, '1'));
    await all.count(4);
    await one.count(1);
    assert.deepEqual(
      one.heard.map(({ event }) => event),
      ['transfer.completed'],
    );
  });

  it('keeps the order of one publisher', async () => {
    const { heard, handler, count } = listener();
    await bus.subscribe('n.#', handler);
    for (let index = 0; index < 50; index++) await bus.publish(eventOf('n.x', String(index)));
    await count(50);
    assert.deepEqual(
      heard.map(textOf),
      Array.from({ length: 50 }, (_, index) => String(index)),
    );
  });

  it('takes an event that nobody subscribes to', async () => {
    await bus.publish(eventOf('nobody.listens', '{}'));
  });

  it('brings an event once more when its handler failed', async () => {
    const { heard, handler, count } = listener();
    await bus.subscribe('once.more', (event) => {
      handler(event);
      if (heard.length === 1) throw new Error('not yet');
    });
    await bus.publish(eventOf('once.more', '{}'));
    await count(2);
  });

  it('tells of an event whose handler failed twice, and neither stops nor fails the publisher', async () => {
    const told = Promise.withResolvers<[Error, BusEvent | undefined]>();
    const other = createBus((error, event) => {
      told.resolve([error, event]);
    });
    await other.subscribe('never', () => Promise.reject(new Error('cannot')));
    await other.publish(eventOf('never', '{}'));
    const [error, event] = await told.promise;
    assert.equal(error.message, 'cannot');
    assert.equal(event?.id, 'id-never');
    await other.close();
  });

  it('brings nothing more once a subscription is closed', async () => {
    const closed = listener();
    const open = listener();
    const subscription = await bus.subscribe('x', closed.handler);
    await bus.subscribe('x', open.handler);
    await subscription.close();
    await bus.publish(eventOf('x', '{}'));
    await open.count(1);
    assert.equal(closed.heard.length, 0);
  });

  it('refuses a name that no broker takes', async () => {
    await assert.rejects(bus.publish(eventOf('ä'.repeat(128), '{}')), {
      name: 'BusError',
      code: 'INVALID_EVENT',
    });
    await assert.rejects(bus.publish(eventOf('', '{}')), {
      code: 'INVALID_EVENT',
      mayHaveBeenPublished: false,
    });
  });

  it('is connected while open, and takes nothing when closed', async () => {
    await bus.subscribe('x', () => undefined);
    assert.equal(bus.isConnected(), true);
    await bus.close();
    assert.equal(bus.isConnected(), false);
    await assert.rejects(bus.publish(eventOf('x', '{}')), { code: 'CLOSED', mayHaveBeenPublished: false });
  });
}

describe('in-process bus', () => {
  behavesAsBus((onUndelivered) => createInProcessBus(onUndelivered && { onUndelivered }));
});

describe('RabbitMQ bus', function () {
  this.timeout(90_000);
  let broker: RabbitMq;
  let open: EventBus[] = [];
  const createBus = (onUndelivered?: UndeliveredListener): EventBus => {
    const bus = createAmqpBus({
      url: broker.url,
      exchange: 'portico.test',
      timeoutMs: 20_000,
      ...(onUndelivered && { onUndelivered }),
    });
    open.push(bus);
    return bus;
  };

  before(async function () {
    const started = await startRabbitMq();
    if (typeof started !== 'string') broker = started;
    else {
      console.warn(`skipped: ${started}`);
      this.skip();
    }
  });
  afterEach(async () => {
    await Promise.all(open.map((bus) => bus.close()));
    open = [];
  });
  after(() => (broker as RabbitMq | undefined)?.stop());

  behavesAsBus(createBus);

  it('publishes persistent CloudEvents on a durable topic exchange', async () => {
    const bus = createBus();
    await bus.publish(eventOf('first', '{}'));
    const other = await connect(broker.url);
    const channel = await other.createChannel();
    await channel.assertExchange('portico.test', 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, 'portico.test', 'wire');
    await bus.publish(eventOf('wire', '{"a":1}', { requestId: 'r-1' }));
    const message = await channel.get(queue);
    assert.ok(message);
    const { deliveryMode, contentType, messageId, correlationId } = message.properties as unknown as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      [deliveryMode, contentType, messageId, correlationId],
      [2, 'application/cloudevents+json', 'id-wire', 'r-1'],
    );
    await other.close();
    await bus.close();
  });

  it('tells of a message that is no event, and goes on', async () => {
    const told = Promise.withResolvers<BusEvent | undefined>();
    const { handler, count } = listener();
    const bus = createBus((_, event) => {
      told.resolve(event);
    });
    await bus.subscribe('odd', handler);
    const other = await connect(broker.url);
    const channel = await other.createConfirmChannel();
    channel.publish('portico.test', 'odd', Buffer.from('no JSON'));
    await channel.waitForConfirms();
    assert.equal(await told.promise, undefined);
    await bus.publish(eventOf('odd', '{}'));
    await count(1);
    await other.close();
    await bus.close();
  });

  it('comes back when the broker closed its channel', async () => {
    const bus = createBus();
    const { handler, count } = listener();
    await bus.publish(eventOf('gone', '{}'));
    const other = await connect(broker.url);
    await (await other.createChannel()).deleteExchange('portico.test');
    await other.close();
    await assert.rejects(bus.publish(eventOf('gone', '{}')), {
      code: 'UNCONFIRMED',
      message: /NOT_FOUND - no exchange/,
      mayHaveBeenPublished: true,
    });
    await bus.subscribe('back', handler);
    await bus.publish(eventOf('back', '{}'));
    await count(1);
    await bus.close();
  });

  it('comes back with its subscriptions when the broker was restarted', async function () {
    if (!broker.restart) skipBecause(this, "the server is somebody else's: it is not stopped");
    const bus = createBus();
    const { heard, handler, count } = listener();
    await bus.subscribe('after.#', handler);
    await broker.restart();
    await bus.publish(eventOf('after.restart', '{}'));
    await count(1);
    assert.equal(heard[0]!.event, 'after.restart');
    await bus.close();
  });

  it('refuses within the deadline, without its password, when the broker is away', async () => {
    const port = await closedPort();
    const bus = createAmqpBus({
      url: `amqp://portico:p%40ssw0rd@127.0.0.1:${port}/bank`,
      exchange: 'x',
      timeoutMs: 300,
    });
    const error = await failureOf(bus.publish(eventOf('x', '{}')));
    assert.equal(error.code, 'NOT_CONNECTED');
    assert.equal(error.mayHaveBeenPublished, false);
    assert.match(error.message, /127\.0\.0\.1.*ECONNREFUSED/);
    assert.doesNotMatch(`${error.message}${String(error.cause)}`, /ssw0rd/);
    assert.equal(bus.isConnected(), false);
    await bus.close();
  });

  it('refuses within the deadline when the broker accepts and then says nothing', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket));
    const port = await listening(server);
    const bus = createAmqpBus({ url: `amqp://127.0.0.1:${port}`, exchange: 'x', timeoutMs: 300 });
    await assert.rejects(bus.publish(eventOf('x', '{}')), { code: 'NOT_CONNECTED' });
    await bus.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says that the login was refused, without the password', async () => {
    const url = broker.url.replace(/\/\/.*@/, '//guest:s3cret-word@');
    const bus = createAmqpBus({ url, exchange: 'x', timeoutMs: 3000 });
    await assert.rejects(bus.publish(eventOf('x', '{}')), (error: BusError) => {
      assert.match(error.message, /ACCESS_REFUSED|ACCESS-REFUSED/);
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
    await bus.close();
  });

  it('refuses a URL that is none without quoting it', () => {
    assert.throws(
      () => createAmqpBus({ url: 'https://u:s3cret@host', exchange: 'x' }),
      (error: Error) => !error.message.includes('s3cret'),
    );
  });
});

async function failureOf(promise: Promise<void>): Promise<BusError> {
  try {
    await promise;
  } catch (error) {
    return error as BusError;
  }
  throw new Error('a failure was expected');
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens: taken, and given back. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
