import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { withoutHistory } from '../../../connectors/bus/attempts.ts';
import { deadQueueOf, type BusTopology } from '../../../connectors/bus/bus-topology.ts';
import { ACK, type Delivery, type Publication } from '../../../connectors/bus/message.ts';
import type { BusObserver, Consumer, MessageBus } from '../../../connectors/bus/message-bus.ts';

export type CreateMessageBus = (topology: BusTopology, observer?: BusObserver) => MessageBus;

export function soon(): number {
  return Date.now() + 20_000;
}

/** Names that no other test has. */
export function topologyOfTest(more: Partial<BusTopology['queues'][number]> = {}): BusTopology {
  const id = randomUUID().slice(0, 8);
  const exchange = `t.${id}`;
  return {
    mode: 'declare',
    exchanges: [exchange],
    deadLetterExchange: `t.${id}.dead`,
    queues: [
      {
        name: `t.${id}.commands`,
        type: 'quorum',
        bindings: [{ exchange, pattern: 'pay.*' }],
        retryDelaysMs: [50, 100],
        deliveryLimit: 20,
        ...more,
      },
    ],
  };
}

export function publicationOf(
  exchange: string,
  routingKey: string,
  text: string,
  more: Partial<Publication> = {},
): Publication {
  return {
    exchange,
    routingKey,
    properties: { contentType: 'text/plain' },
    body: Buffer.from(text),
    deadline: soon(),
    ...more,
  };
}

export function textOf({ body }: Pick<Delivery, 'body'>): string {
  return Buffer.from(body).toString();
}

/** What came so far, and a wait for more. */
export class Heard {
  readonly deliveries: Delivery[] = [];
  #onHeard = (): void => undefined;

  add(delivery: Delivery): void {
    this.deliveries.push(delivery);
    this.#onHeard();
  }

  async count(wanted: number): Promise<void> {
    while (this.deliveries.length < wanted) await new Promise<void>((resolve) => (this.#onHeard = resolve));
  }
}

/** What holds for every message bus. */
export function behavesAsMessageBus(createBus: CreateMessageBus): void {
  let topology: BusTopology;
  let queue: string;
  let exchange: string;
  let bus: MessageBus;
  const settled: string[] = [];

  beforeEach(() => {
    topology = topologyOfTest();
    queue = topology.queues[0]!.name;
    exchange = topology.exchanges[0]!;
    settled.length = 0;
    bus = createBus(topology, { onSettled: (name, kind) => settled.push(`${name} ${kind}`) });
  });
  afterEach(() => bus.close());

  const consume = (handler: Parameters<MessageBus['consume']>[2], prefetch = 10): Promise<Consumer> =>
    bus.consume(queue, { prefetch, deadline: soon() }, handler);

  /** Waits until as many messages are there. */
  const filled = async (name: string, wanted: number): Promise<void> => {
    while ((await bus.count(name, soon())) !== wanted) await new Promise(setImmediate);
  };

  it('brings a message as it was published', async () => {
    const heard = new Heard();
    await consume((delivery) => {
      heard.add(delivery);
      return ACK;
    });
    const properties = {
      contentType: 'application/json',
      correlationId: 'c-1',
      replyTo: 'answers',
      messageId: 'm-1',
      type: 'transfer',
      appId: 'esb',
      timestamp: 1_767_225_600,
      headers: { traceparent: '00-1', count: 3, isTest: true },
      isPersistent: true,
    };
    const outcome = await bus.publish(publicationOf(exchange, 'pay.now', 'Äiti\0', { properties }));
    assert.deepEqual(outcome, { kind: 'confirmed' });
    await heard.count(1);
    const { body, ...delivery } = heard.deliveries[0]!;
    assert.equal(Buffer.from(body).toString(), 'Äiti\0');
    assert.deepEqual(delivery, {
      queue,
      exchange,
      routingKey: 'pay.now',
      properties,
      isRedelivered: false,
      attempt: 1,
    });
  });

  it('reaches a queue by its name through the default exchange', async () => {
    await bus.publish(publicationOf('', queue, 'direct'));
    await filled(queue, 1);
  });

  it('gives a message back that no queue takes, unless that does not matter', async () => {
    const outcome = await bus.publish(publicationOf(exchange, 'nobody.listens', 'x'));
    assert.deepEqual(outcome, { kind: 'returned', reason: 'NO_ROUTE' });
    const unheard = publicationOf(exchange, 'nobody.listens', 'x', { isMandatory: false });
    assert.deepEqual(await bus.publish(unheard), { kind: 'confirmed' });
  });

  it('tells messages with the same id apart by their address when one is given back', async () => {
    const properties = { messageId: 'same' };
    const kinds = await Promise.all(
      ['pay.now', 'nobody', 'pay.now', 'nobody', 'pay.later'].map(async (key) => {
        return (await bus.publish(publicationOf(exchange, key, 'x', { properties }))).kind;
      }),
    );
    assert.deepEqual(kinds, ['confirmed', 'returned', 'confirmed', 'returned', 'confirmed']);
  });

  it('hands on as many at the same time as the prefetch says, in order', async () => {
    const heard = new Heard();
    const release: (() => void)[] = [];
    await consume(async (delivery) => {
      heard.add(delivery);
      await new Promise<void>((resolve) => release.push(resolve));
      return ACK;
    }, 2);
    for (const text of ['1', '2', '3']) await bus.publish(publicationOf(exchange, 'pay.now', text));
    await heard.count(2);
    assert.deepEqual(heard.deliveries.map(textOf), ['1', '2']);
    release[0]!();
    await heard.count(3);
    for (const one of release) one();
  });

  it('brings a message again after each delay of its queue, and then lays it among the dead with the reason', async () => {
    const heard = new Heard();
    await consume((delivery) => {
      heard.add(delivery);
      if (delivery.attempt === 2) throw new Error('the core is still away');
      return { kind: 'retry', reason: 'the core is away' };
    });
    const properties = { messageId: 'm-1', headers: { mine: 'kept' } };
    await bus.publish(publicationOf(exchange, 'pay.now', 'x', { properties }));
    await heard.count(3);
    assert.deepEqual(
      heard.deliveries.map(({ attempt, routingKey }) => [attempt, routingKey]),
      [
        [1, 'pay.now'],
        [2, 'pay.now'],
        [3, 'pay.now'],
      ],
    );
    await filled(deadQueueOf(queue), 1);
    const dead: Delivery[] = [];
    await bus.sift(deadQueueOf(queue), { most: 10, deadline: soon() }, async (delivery) => {
      dead.push(delivery);
      return 'keep';
    });
    const { time, ...death } = dead[0]!.death!;
    assert.ok(Date.parse(time!) <= Date.now());
    assert.deepEqual(death, { reason: 'the core is away', queue, attempts: 3 });
    assert.equal(dead[0]!.exchange, exchange);
    assert.equal(dead[0]!.properties.messageId, 'm-1');
    assert.deepEqual(withoutHistory(dead[0]!.properties.headers), { mine: 'kept' });
    assert.deepEqual(settled, [`${queue} retry`, `${queue} retry`, `${queue} retry`]);
  });

  it('lays a message among the dead at once if its consumer says so', async () => {
    await consume(() => ({ kind: 'dead', reason: 'no JSON' }));
    await bus.publish(publicationOf(exchange, 'pay.now', '{'));
    await filled(deadQueueOf(queue), 1);
    assert.equal(await bus.count(queue, soon()), 0);
  });

  it('goes through a queue, takes out what is to be removed, and leaves the rest in its order', async () => {
    for (const text of ['1', '2', '3', '4', '5']) await bus.publish(publicationOf(exchange, 'pay.now', text));
    await filled(queue, 5);
    const shown = await bus.sift(queue, { most: 4, deadline: soon() }, async (delivery) =>
      ['2', '3'].includes(textOf(delivery)) ? 'remove' : 'keep',
    );
    assert.equal(shown, 4);
    const left: string[] = [];
    await filled(queue, 3);
    await bus.sift(queue, { most: 10, deadline: soon() }, async (delivery) => {
      left.push(textOf(delivery));
      assert.equal(delivery.attempt, 1);
      return 'keep';
    });
    assert.deepEqual(left, ['1', '4', '5']);
  });

  it('leaves everything where it was when going through it fails', async () => {
    await bus.publish(publicationOf(exchange, 'pay.now', '1'));
    await filled(queue, 1);
    const sifted = bus.sift(queue, { most: 9, deadline: soon() }, () => Promise.reject(new Error('no disk')));
    await assert.rejects(sifted, /no disk/);
    await filled(queue, 1);
  });

  it('says that there is no such queue', async () => {
    await assert.rejects(bus.count('t.missing', soon()), { name: 'BusError', code: 'REFUSED' });
    const sifted = bus.sift('t.missing', { most: 1, deadline: soon() }, async () => 'keep');
    await assert.rejects(sifted, { code: 'REFUSED' });
  });

  it('makes a queue for one consumer, which hears what is bound to it and what is sent to it by name', async () => {
    const heard = new Heard();
    const bindings = [{ exchange, pattern: 'news.#' }];
    const consumer = await bus.consume({ bindings }, { prefetch: 5, deadline: soon() }, (delivery) => {
      heard.add(delivery);
      return ACK;
    });
    await bus.publish(publicationOf(exchange, 'news.of.today', '1'));
    await bus.publish(publicationOf('', consumer.queue, '2'));
    await heard.count(2);
    await consumer.close();
    const { kind } = await bus.publish(publicationOf('', consumer.queue, '3'));
    assert.equal(kind, 'returned');
  });

  it('brings what an own queue gets once more if its consumer asks for it, and then no more', async () => {
    const heard = new Heard();
    const source = { bindings: [{ exchange, pattern: 'news' }] };
    await bus.consume(source, { prefetch: 1, deadline: soon() }, (delivery) => {
      heard.add(delivery);
      return { kind: delivery.isRedelivered ? 'dead' : 'retry', reason: 'cannot' };
    });
    await bus.publish(publicationOf(exchange, 'news', '1'));
    await bus.publish(publicationOf(exchange, 'news', '2'));
    await heard.count(4);
    assert.deepEqual(heard.deliveries.map(textOf), ['1', '1', '2', '2']);
    assert.deepEqual(settled.slice(0, 2), ['own retry', 'own dead']);
  });

  it('lets a consumer finish what it has begun when it is closed, and brings it nothing more', async () => {
    const heard = new Heard();
    const working = Promise.withResolvers<undefined>();
    const consumer = await consume(async (delivery) => {
      heard.add(delivery);
      await working.promise;
      return ACK;
    }, 1);
    await bus.publish(publicationOf(exchange, 'pay.now', '1'));
    await heard.count(1);
    const closed = consumer.close();
    await bus.publish(publicationOf(exchange, 'pay.now', '2'));
    working.resolve(undefined);
    await closed;
    await filled(queue, 1);
    assert.equal(heard.deliveries.length, 1);
  });

  it('does not deliver what has expired, but lays it among the dead', async () => {
    await bus.publish(publicationOf(exchange, 'pay.now', 'late', { properties: { expirationMs: 0 } }));
    await bus.publish(publicationOf(exchange, 'pay.now', 'in time'));
    const heard = new Heard();
    await consume((delivery) => {
      heard.add(delivery);
      return ACK;
    });
    await heard.count(1);
    assert.equal(textOf(heard.deliveries[0]!), 'in time');
    await filled(deadQueueOf(queue), 1);
  });

  const refused: readonly (readonly [what: string, publication: () => Publication])[] = [
    ['an exchange that is not configured', () => publicationOf('elsewhere', 'x', 'x')],
    ['a routing key of 256 bytes', () => publicationOf(exchange, 'ä'.repeat(128), 'x')],
    ['no queue in the default exchange', () => publicationOf('', '', 'x')],
    [
      'a correlation id of 256 bytes',
      () => publicationOf(exchange, 'x', 'x', { properties: { correlationId: 'x'.repeat(256) } }),
    ],
  ];
  for (const [what, publication] of refused)
    it(`refuses ${what}, and goes on`, async () => {
      await assert.rejects(bus.publish(publication()), {
        name: 'BusError',
        code: 'INVALID_MESSAGE',
        mayHaveBeenPublished: false,
      });
      assert.equal((await bus.publish(publicationOf(exchange, 'pay.now', 'x'))).kind, 'confirmed');
    });

  it('takes nothing whose deadline has passed', async () => {
    await bus.opened(soon());
    const late = publicationOf(exchange, 'pay.now', 'x', { deadline: Date.now() - 1 });
    await assert.rejects(bus.publish(late), { code: 'TIMEOUT', mayHaveBeenPublished: false });
  });

  it('is connected while open, and takes nothing when closed', async () => {
    await bus.opened(soon());
    assert.equal(bus.state().isConnected, true);
    await bus.close();
    assert.equal(bus.state().isConnected, false);
    const closed = { code: 'CLOSED', mayHaveBeenPublished: false };
    await assert.rejects(bus.publish(publicationOf(exchange, 'pay.now', 'x')), closed);
    await assert.rejects(
      bus.consume(queue, { prefetch: 1 }, () => ACK),
      closed,
    );
    await assert.rejects(bus.count(queue, soon()), closed);
  });
}
