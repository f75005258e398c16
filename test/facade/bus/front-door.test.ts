import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../../connectors/index.ts';
import { startRabbitMq, type RabbitMq } from '../../services/rabbitmq.ts';
import { skipBecause } from '../../services/skip-because.ts';
import type { ProblemBody } from '../bank.ts';
import { envelope } from '../bank-wsdl.ts';
import { startBusBank, type BusBank, type BusBankOptions } from './bus-bank.ts';

const TRANSFER = JSON.stringify({ from: '4711', amount: '33.00', currency: 'EUR' });
const TRANSFER_XML =
  '<Transfer xmlns="urn:bank"><CustomerId>anna</CustomerId><From>4711</From><Amount>33.00</Amount><Currency>EUR</Currency></Transfer>';
const FUNDS = envelope(
  '<s:Fault><faultcode>s:Client</faultcode><faultstring>Too little</faultstring><detail><InsufficientFunds xmlns="urn:bank"><Available>1.00</Available></InsufficientFunds></detail></s:Fault>',
);
const XML = { contentType: 'text/xml; charset=utf-8' };

function textOf({ body }: Delivery): string {
  return Buffer.from(body).toString();
}

function problemOf(delivery: Delivery): ProblemBody {
  assert.equal(delivery.properties.contentType, 'application/problem+json');
  return JSON.parse(textOf(delivery)) as ProblemBody;
}

/** What holds on every bus. */
function takesCommands(urlOf: () => string | undefined): void {
  let one: BusBank;
  const start = async (options: BusBankOptions = {}): Promise<BusBank> =>
    (one = await startBusBank({ url: urlOf(), ...options }));
  afterEach(() => one.close());

  it('answers a command in JSON with JSON, to where it says, with its correlation id', async () => {
    const { ask, bank } = await start();
    const reply = await ask(TRANSFER, { type: 'transfer', correlationId: 'c-1' });
    assert.deepEqual(JSON.parse(textOf(reply)), { transferId: 't-1' });
    assert.equal(reply.properties.contentType, 'application/json');
    assert.equal(reply.properties.correlationId, 'c-1');
    assert.equal(reply.properties.headers?.['status'], 201);
    assert.match(bank.calls[0]!.envelope, /<\w*:?CustomerId>anna</);
  });

  it('answers an envelope with an envelope, and a bare element too, found by its name', async () => {
    const { ask, bank } = await start();
    for (const body of [envelope(TRANSFER_XML), TRANSFER_XML, `<?xml version="1.0"?>${TRANSFER_XML}`]) {
      const reply = await ask(body, XML);
      assert.match(textOf(reply), /Envelope.*<\w*:?TransferId>t-1</s);
      assert.equal(reply.properties.contentType, 'text/xml; charset=utf-8');
    }
    assert.equal(bank.calls.length, 3);
  });

  it('reads XML of another encoding, by its declaration or the content type', async () => {
    const { ask, bank } = await start();
    const note = TRANSFER_XML.replace('</Currency>', '</Currency><Options><Note>Grüße</Note></Options>');
    const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${note}`, 'latin1');
    await ask(latin1, { contentType: 'application/xml' });
    await ask(Buffer.from(note, 'latin1'), { contentType: 'text/xml; charset=iso-8859-1' });
    for (const { envelope: sent } of bank.calls) assert.match(sent, /Grüße/);
  });

  it('finds the operation by header, type, routing key or element, and never by guessing', async () => {
    const { ask, nextDead } = await start();
    const read = JSON.stringify({ accountId: '4711' });
    assert.match(
      textOf(await ask(read, { headers: { operation: 'getAccount' }, type: 'transfer' })),
      /33\.00/,
    );
    assert.match(textOf(await ask(read, { type: 'getAccount' })), /33\.00/);
    const lost = problemOf(await ask(read, { type: 'com.example.Command' }));
    assert.equal(lost.code, 'not-found');
    assert.match(lost.detail ?? '', /"transfer", "getAccount", "notify"/);
    assert.equal(
      problemOf(await ask(read, { headers: { operation: 'drop' }, type: 'getAccount' })).code,
      'not-found',
    );
    assert.match((await nextDead()).death?.reason ?? '', /^not-found: /);
  });

  it('carries a command out once, however often it comes, and gives the same answer each time', async () => {
    const { ask, bank } = await start();
    const messageId = randomUUID();
    const first = await ask(TRANSFER, { type: 'transfer', messageId });
    const again = await ask(TRANSFER, { type: 'transfer', messageId });
    assert.equal(bank.calls.length, 1);
    assert.equal(textOf(again), textOf(first));
    assert.equal(again.properties.headers?.['replayed'], true);
    const other = await ask(TRANSFER.replace('33', '34'), { type: 'transfer', messageId });
    assert.equal(problemOf(other).code, 'idempotency-key-reused');
    const asXml = await ask(TRANSFER_XML, { ...XML, messageId });
    assert.match(textOf(asXml), /TransferId>t-1</);
    assert.equal(bank.calls.length, 1);
  });

  it('refuses what HTTP would refuse: told to the sender, and kept with the reason', async () => {
    const { ask, nextDead, token, bank } = await start();
    const type = 'transfer';
    const cases: readonly (readonly [string, Parameters<BusBank['ask']>])[] = [
      ['token-missing', [TRANSFER, { type, headers: { authorization: '' } }]],
      ['token-missing', [TRANSFER, { type, headers: { authorization: 'Basic YTpi' } }]],
      ['token-invalid', [TRANSFER, { type, headers: { authorization: 'Bearer not-a-token' } }]],
      [
        'insufficient-scope',
        [TRANSFER, { type, headers: { authorization: `Bearer ${await token(['accounts:read'])}` } }],
      ],
      ['invalid-input', ['{"from":"4711","amount":"much","currency":"EUR"}', { type }]],
      ['invalid-input', ['{"from":"4711","amount":"1","currency":"EUR","customerId":"ben"}', { type }]],
      ['malformed-json', ['{', { type }]],
      ['idempotency-key-missing', [TRANSFER, { type, messageId: '' }]],
      ['unsupported-media-type', [TRANSFER, { type, contentType: 'text/plain' }]],
      ['unsupported-media-type', [TRANSFER, { type, contentEncoding: 'gzip' }]],
      ['malformed-request', [TRANSFER, { type, headers: { deadline: 'tomorrow' } }]],
      ['request-timeout', [TRANSFER, { type, headers: { deadline: '2020-01-01T00:00:00Z' } }]],
    ];
    for (const [code, [body, properties]] of cases) {
      assert.equal(problemOf(await ask(body, properties)).code, code);
      const { death } = await nextDead();
      assert.equal(death?.reason.split(':', 1)[0], code);
      assert.equal(death.attempts, 1);
      assert.doesNotMatch(death.reason, /eyJ|4711/);
    }
    assert.equal(bank.calls.length, 0);
  });

  it('refuses XML that breaks its contract, is hostile, or speaks for another customer, by SOAP Fault', async () => {
    const { ask, nextDead, bank } = await start();
    const cases = [
      [envelope('<Transfer xmlns="urn:bank"><Nonsense/></Transfer>'), 'invalid-input'],
      [envelope(TRANSFER_XML.replace('anna', 'ben')), 'invalid-input'],
      [`${TRANSFER_XML}</s:Body><s:Body xmlns:s="x">`, 'invalid-input'],
    ] as const;
    for (const [body, code] of cases) {
      const reply = await ask(body, { ...XML, type: 'transfer' });
      assert.match(textOf(reply), new RegExp(`Fault.*urn:ietf:rfc:7807.*<code>${code}</code>`, 's'));
      assert.equal(reply.properties.headers?.['code'], code);
      assert.match((await nextDead()).death?.reason ?? '', new RegExp(`^${code}: `));
    }
    const dtd = `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>${TRANSFER_XML}`;
    assert.match(textOf(await ask(dtd, { ...XML, type: 'transfer' })), /dtd-forbidden/);
    assert.equal(bank.calls.length, 0);
  });

  it('passes a declared fault on as a problem or with its typed detail in XML, and acknowledges it', async () => {
    const { ask, bank, nextDead, send } = await start();
    bank.answer = () => ({ status: 500, body: FUNDS });
    const json = problemOf(await ask(TRANSFER, { type: 'transfer' }));
    assert.deepEqual([json.code, json.fault], ['insufficient-funds', { available: '1.00' }]);
    const xml = textOf(await ask(TRANSFER_XML, XML));
    assert.match(xml, /<faultstring>Too little<\/faultstring>.*InsufficientFunds.*Available>1\.00</s);
    // Nobody waits for this one, so a person has to hear of it.
    await send(TRANSFER, { type: 'transfer' });
    assert.match((await nextDead()).death?.reason ?? '', /^insufficient-funds: /);
  });

  it('takes the queue for the sender where the configuration says so, and then no token', async () => {
    const { ask, bank } = await start({
      consumer: 'principal: { subject: batch, scopes: [transfers:write, accounts:read] }',
    });
    const none = { authorization: '' };
    const reply = await ask(TRANSFER, { type: 'transfer', headers: none });
    assert.deepEqual(JSON.parse(textOf(reply)), { transferId: 't-1' });
    assert.match(bank.calls[0]!.envelope, /CustomerId>batch</);
    const both = problemOf(await ask(TRANSFER, { type: 'transfer' }));
    assert.equal(both.code, 'malformed-request');
  });

  it('gives a queue no more rights than its principal has', async () => {
    const { ask } = await start({ consumer: 'principal: { subject: batch, scopes: [accounts:read] }' });
    const reply = await ask(TRANSFER, { type: 'transfer', headers: { authorization: '' } });
    assert.equal(problemOf(reply).code, 'insufficient-scope');
  });

  it('tries again what did not reach the core, and answers once it did', async () => {
    const { ask, bank } = await start({ policies: ['retry: { most: 0 }'] });
    let refused = 0;
    bank.answer = (call, response) => {
      if (refused++ > 0) return { body: transferred(call.action) };
      response.destroy();
      return undefined;
    };
    const reply = await ask(JSON.stringify({ accountId: '4711' }), { type: 'getAccount' });
    assert.match(textOf(reply), /33\.00/);
    assert.equal(bank.calls.length, 2);
  });

  it('gives up at the end of the ladder, and says so to the sender and in the dead-letter queue', async () => {
    const { ask, nextDead } = await start({ endpoint: 'http://127.0.0.1:9/gone' });
    const reply = problemOf(await ask(TRANSFER, { type: 'transfer' }));
    assert.match(reply.code, /^upstream-(unreachable|failing)$/);
    const { death } = await nextDead();
    assert.match(death?.reason ?? '', /^upstream-/);
    assert.equal(death?.attempts, 2);
  });

  it('answers a message that expires at once, as somebody waits for it', async () => {
    const { ask, nextDead } = await start({ endpoint: 'http://127.0.0.1:9/gone' });
    const reply = problemOf(await ask(TRANSFER, { type: 'transfer', expirationMs: 60_000 }));
    assert.match(reply.code, /^upstream-/);
    assert.equal((await nextDead()).death?.attempts, 1);
  });

  it('parks what may have been done, and never sends it again', async () => {
    const { ask, bank, nextDead, send } = await start();
    bank.answer = (_call, response) => {
      response.destroy();
      return undefined;
    };
    const messageId = randomUUID();
    const reply = problemOf(await ask(TRANSFER, { type: 'transfer', messageId }));
    assert.equal(reply.code, 'outcome-unknown');
    assert.match((await nextDead()).death?.reason ?? '', /^outcome-unknown: /);
    await send(TRANSFER, { type: 'transfer', messageId });
    assert.match((await nextDead()).death?.reason ?? '', /^outcome-unknown: /);
    assert.equal(bank.calls.length, 1);
  });

  it('acknowledges a command whose reply comes back, and says so in the log', async () => {
    const { send, ask, bank, client, queue } = await start();
    await send(TRANSFER, { type: 'transfer', replyTo: `nobody.${randomUUID()}` });
    await ask(TRANSFER, { type: 'transfer' });
    assert.equal(await client.count(queue, Date.now() + 5000), 0);
    assert.equal(bank.calls.length, 2);
    assert.ok(bank.log.some((line) => line.includes('A reply came back')));
  });

  it('sends no reply to a queue of commands', async () => {
    const { send, nextDead, queue, bank } = await start({
      consumer: 'principal: { subject: batch, scopes: [transfers:write, accounts:read] }',
    });
    for (const replyTo of [queue, `${queue}.dead`, `${queue}.retry.1000ms`]) {
      await send(TRANSFER, { type: 'transfer', replyTo, headers: { authorization: '' } });
      assert.match((await nextDead()).death?.reason ?? '', /^malformed-request: The property reply-to/);
    }
    assert.equal(bank.calls.length, 0);
  });

  it('writes one line for a message, without what is in it, and continues its trace', async () => {
    const { ask, bank, queue } = await start();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const messageId = randomUUID();
    const reply = await ask(TRANSFER, { type: 'transfer', messageId, headers: { traceparent } });
    const lines = bank.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const [line, ...more] = lines.filter(({ method }) => method === 'MESSAGE');
    assert.equal(more.length, 0);
    assert.equal(line?.['requestId'], messageId);
    assert.equal(line['route'], queue);
    assert.equal(line['operation'], 'transfer');
    assert.deepEqual([line['status'], line['settled'], line['attempt']], [201, 'ack', 1]);
    assert.equal(line['trace_id'], '0af7651916cd43dd8448eb211c80319c');
    assert.match(String(bank.calls[0]!.headers['traceparent']), /^00-0af7651916cd43dd8448eb211c80319c-/);
    assert.match(String(reply.properties.headers?.['traceparent']), /^00-0af7651916cd43dd8448eb211c80319c-/);
    assert.doesNotMatch(bank.log.join(''), /4711|33\.00|Bearer/);
  });

  it('answers a one-way command with nothing but its status', async () => {
    const { ask } = await start();
    const reply = await ask('{"text":"Hello"}', { type: 'notify' });
    assert.equal(textOf(reply), '');
    assert.equal(reply.properties.headers?.['status'], 202);
  });

  it('counts replies, and commands as requests for their operation', async () => {
    const { ask, bank } = await start({ yaml: 'metrics: { public: true }' });
    await ask(TRANSFER, { type: 'transfer' });
    await ask('{', { type: 'transfer' });
    const metrics = await (await fetch(`${bank.url}/metrics`)).text();
    assert.match(metrics, /portico_bus_replies_total{outcome="confirmed"} [12]/);
    assert.match(metrics, /portico_requests_total\{[^}]*operation="transfer"[^}]*status="2xx"\} 1/);
  });

  it('ends what it has begun when it stops, and leaves the rest in the queue', async () => {
    const { bank, client, queue, send, ask } = await start({ consumer: 'concurrency: 1' });
    const reached = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    bank.answer = async (call, response) => {
      reached.resolve(undefined);
      await release.promise;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(transferred(call.action));
      return undefined;
    };
    const first = ask(TRANSFER, { type: 'transfer' });
    await reached.promise;
    await send(TRANSFER, { type: 'transfer' });
    const closed = bank.facade.close();
    release.resolve(undefined);
    assert.equal((await first).properties.headers?.['status'], 201);
    await closed;
    assert.equal(bank.calls.length, 1);
    assert.equal(await client.count(queue, Date.now() + 5000), 1);
  });
}

function transferred(action: string): string {
  return envelope(
    action.includes('Transfer')
      ? '<TransferResponse xmlns="urn:bank"><TransferId>t-1</TransferId></TransferResponse>'
      : '<GetAccountResponse xmlns="urn:bank"><AccountId>4711</AccountId><Balance>33.00</Balance></GetAccountResponse>',
  );
}

describe('commands on the bus of this process', () => {
  takesCommands(() => undefined);
});

describe('commands on RabbitMQ', function () {
  this.timeout(30_000);
  let broker: RabbitMq | undefined;

  before(async function () {
    this.timeout(90_000);
    const started = await startRabbitMq();
    if (typeof started === 'string') skipBecause(this, started);
    broker = started;
  });
  after(() => broker?.stop());

  describe('as on any bus', () => {
    takesCommands(() => broker!.url);
  });

  it('tells in the log that the broker is connected, and of no trouble at start and stop', async () => {
    const one = await startBusBank({ url: broker!.url });
    await one.ask(TRANSFER, { type: 'transfer' });
    await one.close();
    const told = one.bank.log.filter((line) => line.includes('The broker'));
    assert.deepEqual(
      told.map((line) => (JSON.parse(line) as { readonly msg: string }).msg),
      ['The broker is connected'],
    );
  });
});
