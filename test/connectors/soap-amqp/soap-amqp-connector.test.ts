import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { BusError } from '../../../connectors/bus/bus-error.ts';
import { createInProcessMessageBus } from '../../../connectors/bus/in-process-message-bus.ts';
import { ACK, type Delivery, type MessageProperties } from '../../../connectors/bus/message.ts';
import type { MessageBus } from '../../../connectors/bus/message-bus.ts';
import { ConnectorError, type Connector, type SoapRequest } from '../../../connectors/connector.ts';
import { createSoapAmqpConnector } from '../../../connectors/soap-amqp/soap-amqp-connector.ts';

const QUEUE = 'core.bank';
const envelope = Buffer.from('<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>');

function requestOf(more: Partial<SoapRequest> = {}): SoapRequest {
  return {
    soapVersion: '1.1',
    action: 'urn:bank/Pay',
    envelope,
    isOneWay: false,
    deadline: Date.now() + 5000,
    ...more,
  };
}

async function failureOf(reply: Promise<unknown>): Promise<ConnectorError> {
  try {
    await reply;
  } catch (error) {
    assert.ok(error instanceof ConnectorError);
    return error;
  }
  throw new Error('a failure was expected');
}

describe('SOAP over AMQP', () => {
  let bus: MessageBus;
  let connector: Connector;
  let asked: Delivery[];
  beforeEach(() => {
    bus = createInProcessMessageBus({
      topology: { mode: 'declare', exchanges: ['services'], deadLetterExchange: 'dead', queues: [] },
    });
    connector = connectorOn(bus);
    asked = [];
  });
  afterEach(async () => {
    await connector.close();
    await bus.close();
  });

  function connectorOn(one: MessageBus, routingKey = QUEUE): Connector {
    return createSoapAmqpConnector({
      bus: one,
      service: 'bank',
      exchange: '',
      routingKey,
      maxReplyBytes: 1000,
    });
  }

  /** The service: it keeps what it is asked and answers so. */
  function serve(
    body: string | Uint8Array,
    properties: MessageProperties = { contentType: 'text/xml' },
  ): Promise<unknown> {
    const source = { name: QUEUE, bindings: [{ exchange: 'services', pattern: 'bank.#' }] };
    return bus.consume(source, { prefetch: 10 }, async (delivery) => {
      asked.push(delivery);
      const { replyTo, correlationId } = delivery.properties;
      if (replyTo !== undefined)
        await bus.publish({
          exchange: '',
          routingKey: replyTo,
          properties: { correlationId: correlationId!, ...properties },
          body: Buffer.from(body),
          deadline: Date.now() + 5000,
        });
      return ACK;
    });
  }

  it('sends the envelope with media type, action, trace and its remaining time, and gives the answer', async () => {
    await serve('<answer/>', { contentType: 'text/xml; charset=ISO-8859-1' });
    const reply = await connector.send(requestOf({ headers: { traceparent: '00-abc' } }));
    assert.equal((await buffer(reply.body)).toString(), '<answer/>');
    assert.deepEqual([reply.charset, reply.multipart], ['iso-8859-1', undefined]);
    const { properties, body } = asked[0]!;
    assert.deepEqual(Buffer.from(body), envelope);
    assert.equal(properties.contentType, 'text/xml; charset=utf-8');
    assert.deepEqual(properties.headers, { SOAPAction: '"urn:bank/Pay"', traceparent: '00-abc' });
    assert.match(properties.replyTo!, /^portico\.replies\.bank\./);
    assert.ok(properties.expirationMs! > 4000 && properties.expirationMs! <= 5000);
    assert.equal(properties.correlationId, properties.messageId);
  });

  it('says the action of SOAP 1.2 in the media type', async () => {
    await serve('<answer/>');
    await connector.send(requestOf({ soapVersion: '1.2' }));
    assert.equal(
      asked[0]!.properties.contentType,
      'application/soap+xml; charset=utf-8; action="urn:bank/Pay"',
    );
  });

  it('sends and takes MIME packages', async () => {
    const contentType = 'multipart/related; type="text/xml"; boundary=b';
    await serve('--b\r\n', { contentType });
    const scan = { contentId: 'scan@portico', mediaType: 'image/png' };
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a ');
      yield Buffer.from('scan');
    }
    const reply = await connector.send(
      requestOf({ packaging: 'xop', attachments: [{ ...scan, content: stream() }] }),
    );
    assert.equal(reply.multipart?.parameters.get('boundary'), 'b');
    assert.match(asked[0]!.properties.contentType!, /^multipart\/related/);
    assert.match(Buffer.from(asked[0]!.body).toString(), /a scan/);
  });

  it('gives many callers each the answer to its own request', async () => {
    const source = { name: QUEUE, bindings: [] };
    await bus.consume(source, { prefetch: 100 }, async ({ properties, body }) => {
      await bus.publish({
        exchange: '',
        routingKey: properties.replyTo!,
        properties: { contentType: 'text/xml', correlationId: properties.correlationId! },
        body,
        deadline: Date.now() + 5000,
      });
      return ACK;
    });
    const texts = Array.from({ length: 200 }, (_, index) => `<n>${index}</n>`);
    const replies = await Promise.all(
      texts.map((text) => connector.send(requestOf({ envelope: Buffer.from(text) }))),
    );
    assert.deepEqual(
      replies.map(({ whole }) => Buffer.from(whole!).toString()),
      texts,
    );
  });

  it('ends a one-way message when the broker has it, without an answer or an end of its time', async () => {
    await serve('');
    const reply = await connector.send(requestOf({ isOneWay: true }));
    assert.equal((await buffer(reply.body)).length, 0);
    while (asked.length === 0) await new Promise(setImmediate);
    assert.equal(asked[0]!.properties.replyTo, undefined);
    assert.equal(asked[0]!.properties.expirationMs, undefined);
  });

  it('was not sent when no queue takes it', async () => {
    const error = await failureOf(connectorOn(bus, 'nobody').send(requestOf()));
    assert.deepEqual([error.code, error.mayHaveBeenSent], ['CONNECT_FAILED', false]);
    assert.match(error.message, /amqp:nobody: no queue takes the request/);
    const oneWay = await failureOf(connectorOn(bus, 'nobody').send(requestOf({ isOneWay: true })));
    assert.deepEqual([oneWay.code, oneWay.mayHaveBeenSent], ['CONNECT_FAILED', false]);
  });

  it('may have been sent when no answer comes by the deadline, and a late one is for nobody', async () => {
    const late = Promise.withResolvers<Delivery>();
    await bus.consume({ name: QUEUE, bindings: [] }, { prefetch: 1 }, (delivery) => {
      late.resolve(delivery);
      return ACK;
    });
    const error = await failureOf(connector.send(requestOf({ deadline: Date.now() + 50 })));
    assert.deepEqual([error.code, error.mayHaveBeenSent], ['TIMEOUT', true]);
    const { replyTo, correlationId } = (await late.promise).properties;
    await bus.publish({
      exchange: '',
      routingKey: replyTo!,
      properties: { correlationId: correlationId!, contentType: 'text/xml' },
      body: envelope,
      deadline: Date.now() + 5000,
    });
  });

  it('was not sent when its deadline has passed or its caller gave up before', async () => {
    await serve('<answer/>');
    const late = await failureOf(connector.send(requestOf({ deadline: Date.now() - 1 })));
    assert.deepEqual([late.code, late.mayHaveBeenSent], ['TIMEOUT', false]);
    const given = await failureOf(connector.send(requestOf({ signal: AbortSignal.abort() })));
    assert.deepEqual([given.code, given.mayHaveBeenSent], ['ABORTED', false]);
    assert.equal(asked.length, 0);
  });

  it('never sends what its caller gave up while it waited for the broker', async () => {
    let left: boolean | undefined;
    const asking = Promise.withResolvers<undefined>();
    const slow: MessageBus = {
      ...bus,
      consume: (...given) => bus.consume(...given),
      publish: async ({ mayLeave }) => {
        await asking.promise;
        left = mayLeave!();
        throw new BusError('WITHDRAWN', 'not wanted', { mayHaveBeenPublished: false });
      },
    };
    const giveUp = new AbortController();
    const sent = connectorOn(slow).send(requestOf({ signal: giveUp.signal }));
    giveUp.abort();
    const error = await failureOf(sent);
    assert.deepEqual([error.code, error.mayHaveBeenSent], ['ABORTED', false]);
    asking.resolve(undefined);
    while (left === undefined) await new Promise(setImmediate);
    assert.equal(left, false);
  });

  it('says of an unclear publication that it may have been sent, and still takes its answer', async () => {
    await serve('<answer/>');
    const unsure: MessageBus = {
      ...bus,
      consume: (...given) => bus.consume(...given),
      publish: async (publication) => {
        await bus.publish(publication);
        return { kind: 'unknown', reason: 'the connection was lost' };
      },
    };
    const reply = await connectorOn(unsure).send(requestOf());
    assert.equal(Buffer.from(reply.whole!).toString(), '<answer/>');
    const oneWay = await failureOf(connectorOn(unsure).send(requestOf({ isOneWay: true })));
    assert.deepEqual([oneWay.code, oneWay.mayHaveBeenSent], ['CUT_OFF', true]);
  });

  const refusals = [
    ['BLOCKED', 'TOO_BUSY'],
    ['FULL', 'TOO_BUSY'],
    ['NOT_CONNECTED', 'CONNECT_FAILED'],
    ['TOPOLOGY', 'CONNECT_FAILED'],
  ] as const;
  for (const [busCode, code] of refusals)
    it(`was not sent when the bus says ${busCode}`, async () => {
      const refusing: MessageBus = {
        ...bus,
        consume: (...given) => bus.consume(...given),
        publish: () => Promise.reject(new BusError(busCode, 'no', { mayHaveBeenPublished: false })),
      };
      const error = await failureOf(connectorOn(refusing).send(requestOf()));
      assert.deepEqual([error.code, error.mayHaveBeenSent], [code, false]);
    });

  it('may have been sent when the broker would not answer for it', async () => {
    const nacking: MessageBus = {
      ...bus,
      consume: (...given) => bus.consume(...given),
      publish: async ({ mayLeave }) => {
        mayLeave!();
        return { kind: 'nacked', reason: 'the queue is full' };
      },
    };
    const error = await failureOf(connectorOn(nacking).send(requestOf()));
    assert.deepEqual([error.code, error.mayHaveBeenSent], ['UNAVAILABLE', true]);
  });

  const noAnswers: readonly (readonly [string, MessageProperties, string, RegExp])[] = [
    ['no SOAP', { contentType: 'application/json' }, 'NOT_SOAP', /application\/json instead of SOAP/],
    ['no content type', {}, 'NOT_SOAP', /without content type/],
    ['compressed', { contentType: 'text/xml', contentEncoding: 'gzip' }, 'NOT_SOAP', /"gzip"/],
    ['too large', { contentType: 'text/xml' }, 'TOO_LARGE', /larger than 1000 bytes/],
  ];
  for (const [what, properties, code, message] of noAnswers)
    it(`takes no answer that is ${what}`, async () => {
      await serve('x'.repeat(1001), properties);
      const error = await failureOf(connector.send(requestOf()));
      assert.deepEqual([error.code, error.mayHaveBeenSent], [code, true]);
      assert.match(error.message, message);
    });

  it('is reachable while the bus is connected and takes messages', async () => {
    assert.equal(await connector.isReachable(), true);
    const blocked = { ...bus, state: () => ({ ...bus.state(), blocked: 'low on memory' }) };
    assert.equal(await connectorOn(blocked).isReachable(), false);
    await bus.close();
    assert.equal(await connector.isReachable(), false);
  });
});
