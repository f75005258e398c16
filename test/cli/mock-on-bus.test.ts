import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { connect } from 'amqplib';
import { mockOnBus } from '../../cli/mock-on-bus.ts';
import { createAmqpMessageBus, createSoapAmqpConnector, type Connector } from '../../connectors/index.ts';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import { compileContract } from '../../wsdl/index.ts';
import { GREETER, withDocuments } from '../mocks/contracts.ts';
import { envelope } from '../mocks/soap-client.ts';
import { startRabbitMq, type RabbitMq } from '../services/rabbitmq.ts';
import { skipBecause } from '../services/skip-because.ts';

const QUEUE = 'greeter.requests';
const SCENARIOS = {
  scenarios: [
    { name: 'twice', operation: 'Greet', when: [{ path: '$.name', equals: 'Echo' }], wire: 'duplicate' },
    { name: 'never', operation: 'Greet', when: [{ path: '$.name', equals: 'Nobody' }], wire: 'none' },
    {
      name: 'page',
      operation: 'Greet',
      when: [{ path: '$.name', equals: 'Gateway' }],
      wire: { html: { status: 503 } },
    },
  ],
};

describe('portico mock at a broker', function () {
  this.timeout(60_000);
  let broker: RabbitMq;
  let mock: MockServer;
  const stops: (() => Promise<void>)[] = [];
  let connector: Connector;

  before(async function () {
    const started = await startRabbitMq();
    if (typeof started === 'string') skipBecause(this, started);
    broker = started;
    stops.push(() => broker.stop());
    const compiled = await withDocuments(GREETER, (folder) => compileContract(`${folder}/greeter.wsdl`));
    mock = await createMockServer({ wsdl: compiled, scenarios: SCENARIOS });
    stops.push(() => mock.close());
    const onBus = await mockOnBus(
      mock,
      [broker.url],
      [{ service: 'Greeter', port: 'Greeter11', queue: QUEUE }],
    );
    stops.push(() => onBus.close());
    const topology = { mode: 'check', exchanges: [], deadLetterExchange: 'none', queues: [] } as const;
    const bus = createAmqpMessageBus({ urls: [broker.url], topology });
    stops.push(() => bus.close());
    connector = createSoapAmqpConnector({ bus, service: 'greeter', exchange: '', routingKey: QUEUE });
    stops.push(() => connector.close());
  });
  after(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  async function greet(name: string, milliseconds = 5000): Promise<string> {
    const body = `<Greet xmlns="urn:greeter"><Name>${name}</Name></Greet>`;
    const reply = await connector.send({
      soapVersion: '1.1',
      action: '',
      envelope: Buffer.from(envelope('1.1', body)),
      isOneWay: false,
      deadline: Date.now() + milliseconds,
    });
    return (await buffer(reply.body)).toString();
  }

  it('answers by the rules of the mock, and keeps the call in its journal', async () => {
    assert.match(await greet('Ada'), /GreetResponse/);
    assert.deepEqual(mock.calls.at(-1)?.request.json, { name: 'Ada' });
  });

  it('answers what does not fit the contract with a fault', async () => {
    assert.match(await greet(''), /Fault>/);
  });

  it('keeps an answer back, and spoils one, as scenarios say', async () => {
    await assert.rejects(greet('Nobody', 300), { code: 'TIMEOUT' });
    await assert.rejects(greet('Gateway'), { code: 'NOT_SOAP' });
  });

  it('answers twice with the same correlation id, as a scenario says', async () => {
    const link = await connect(broker.url);
    try {
      const channel = await link.createChannel();
      const { queue } = await channel.assertQueue('', { exclusive: true });
      const ids: string[] = [];
      const both = new Promise<void>((resolve) => {
        void channel.consume(queue, (message) => {
          ids.push(String(message?.properties.correlationId));
          if (ids.length === 2) resolve();
        });
      });
      const body = envelope('1.1', '<Greet xmlns="urn:greeter"><Name>Echo</Name></Greet>');
      channel.sendToQueue(QUEUE, Buffer.from(body), {
        contentType: 'text/xml',
        replyTo: queue,
        correlationId: 'one',
      });
      await both;
      assert.deepEqual(ids, ['one', 'one']);
    } finally {
      await link.close();
    }
  });
});
