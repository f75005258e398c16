import assert from 'node:assert/strict';
import { createEventBus, createInProcessMessageBus } from '../../../connectors/index.ts';
import { createDevelopmentToken } from '../../../facade/index.ts';
import { problemOf, startBank, type Bank, type BankOptions } from '../bank.ts';
import { openStream, type StreamReader } from './stream-reader.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };
const PAID =
  '{ operation: Transfer, method: POST, path: /v1/paid, operationId: paid, input: { customerId: token.sub }, publish: { event: paid, attributes: { customer: token.sub } } }';
const RULES =
  '[{ event: paid, match: { customer: token.sub } }, { event: note, match: { data.to: token.sub, subject: token.customer }, scopes: [notes] }]';
const streamYaml = (more = ''): string => `events: { stream: { rules: ${RULES}${more} } }`;

describe('streams of events', () => {
  const readers: StreamReader[] = [];
  let bank: Bank;
  const start = async (options: BankOptions = {}): Promise<Bank> =>
    (bank = await startBank({ yaml: streamYaml(), routes: [PAID], ...options }));
  const tokenOf = (
    subject: string,
    scopes: readonly string[] = [],
    expiresInSeconds = 3600,
  ): Promise<string> =>
    createDevelopmentToken({
      configDir: bank.folder,
      subject,
      scopes,
      claims: { customer: subject },
      expiresInSeconds,
    });
  const headersOf = async (
    subject: string,
    more: Record<string, string> = {},
  ): Promise<Record<string, string>> => ({
    Authorization: `Bearer ${await tokenOf(subject)}`,
    ...more,
  });
  const open = async (subject = 'anna', more: Record<string, string> = {}): Promise<StreamReader> => {
    const reader = await openStream(`${bank.url}/v1/events`, await headersOf(subject, more));
    readers.push(reader);
    return reader;
  };
  const pay = async (subject = 'anna', amount = '1.00'): Promise<void> => {
    const headers = await headersOf(subject);
    assert.equal((await bank.post('/v1/paid', { ...transfer, amount }, headers)).status, 200);
  };
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.leave();
    await bank.close();
  });

  it('show each principal what is its own, as CloudEvents, and nobody anything else', async () => {
    await start();
    const [annas, bens] = [await open('anna'), await open('ben')];
    assert.equal(annas.response.statusCode, 200);
    const { headers } = annas.response;
    assert.deepEqual(
      [headers['content-type'], headers['cache-control'], headers['content-encoding']],
      ['text/event-stream', 'no-store', undefined],
    );
    await pay('anna');
    await pay('ben');
    const [annasEvent] = await annas.events(1);
    const [bensEvent] = await bens.events(1);
    assert.equal(annasEvent?.event, 'paid');
    const { specversion, type, customer, data } = JSON.parse(annasEvent.data!) as Record<string, unknown>;
    assert.deepEqual([specversion, type, customer, data], ['1.0', 'paid', 'anna', { transferId: 't-1' }]);
    assert.equal((JSON.parse(bensEvent!.data!) as { customer: string }).customer, 'ben');
    assert.equal((await annas.events(1)).length, 1);
  });

  it('resume where a client was, though it had seen nothing yet', async () => {
    await start();
    const first = await open();
    await new Promise((resolve) => first.response.once('data', resolve));
    first.leave();
    await first.ended();
    await pay('anna', '1.00');
    await pay('ben', '2.00');
    await pay('anna', '3.00');
    const second = await open('anna', { 'Last-Event-ID': first.lastEventId() });
    const seen = await second.events(2);
    second.leave();
    const third = await open('anna', { 'Last-Event-ID': seen[0]!.id! });
    assert.deepEqual(await third.events(1), seen.slice(1));
    assert.deepEqual(
      third.blocks.filter(({ event }) => event === 'portico.gap'),
      [],
    );
  });

  it('tell of a gap where the place of a client is not known any more, and give what is still kept', async () => {
    await start();
    const watching = await open();
    await pay();
    await watching.events(1);
    const reader = await open('anna', { 'Last-Event-ID': 'long-ago' });
    const [gap, event] = await reader.events(2);
    assert.equal(gap?.event, 'portico.gap');
    assert.match(gap.data!, /may be missing/);
    assert.equal(event?.event, 'paid');
  });

  it('show what comes in from the bus once, though it comes twice, by data and subject, to whom the scopes allow it', async () => {
    const inbox = {
      name: 'portico.events.inbox',
      type: 'quorum' as const,
      bindings: [{ exchange: 'portico.events', pattern: '#' }],
      retryDelaysMs: [],
      deliveryLimit: 1,
    };
    const messages = createInProcessMessageBus({
      topology: {
        mode: 'declare',
        exchanges: ['portico.events'],
        deadLetterExchange: 'portico.dead',
        queues: [inbox],
      },
    });
    const others = createEventBus(messages, { exchange: 'portico.events' });
    await start({ options: { messages } });
    const reader = await openStream(`${bank.url}/v1/events`, {
      Authorization: `Bearer ${await tokenOf('anna', ['notes'])}`,
    });
    readers.push(reader);
    const without = await open('anna');
    const note = (id: string, to: string, subject: string): Promise<void> =>
      others.publish({
        id,
        event: 'note',
        source: '/elsewhere',
        subject,
        time: new Date().toISOString(),
        data: Buffer.from(JSON.stringify({ to })),
      });
    for (const id of ['n-1', 'n-1']) await note(id, 'anna', 'anna');
    await note('n-2', 'ben', 'anna');
    await note('n-3', 'anna', 'ben');
    await pay();
    const events = await reader.events(2);
    assert.deepEqual(
      events.map(({ data }) => (JSON.parse(data!) as { id: string }).id === 'n-1'),
      [true, false],
    );
    const [only] = await without.events(1);
    assert.equal(only?.event, 'paid');
  });

  it('are for those with a token whose claims or scopes fit a rule', async () => {
    await start({
      yaml: 'events: { stream: { rules: [{ event: paid, match: { customer: token.org }, scopes: [a, b] }] } }',
    });
    const ask = async (headers: Record<string, string>): Promise<readonly [number, string]> => {
      const { status, code } = await problemOf(await bank.call('/v1/events', { headers }));
      return [status, code];
    };
    assert.deepEqual(await ask({ Authorization: '' }), [401, 'token-missing']);
    assert.deepEqual(await ask({ Authorization: 'Bearer nonsense' }), [401, 'token-invalid']);
    assert.deepEqual(await ask({ Authorization: `Bearer ${await tokenOf('anna', ['a'])}` }), [
      403,
      'insufficient-scope',
    ]);
    assert.deepEqual(await ask({ Authorization: `Bearer ${await tokenOf('anna', ['a', 'b'])}` }), [
      403,
      'claim-missing',
    ]);
    const refused = await bank.call('/v1/events', { headers: { Authorization: '' } });
    assert.match(refused.headers.get('www-authenticate') ?? '', /Bearer/);
  });

  it('know OPTIONS, CORS and 405, and count with the limits of their principal', async () => {
    await start({
      yaml: `${streamYaml(', perPrincipal: 2')}\nserver: { cors: { origins: ["https://app.example"] } }`,
    });
    const preflight = await bank.call('/v1/events', {
      method: 'OPTIONS',
      headers: { Authorization: '', Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Last-Event-ID/);
    const wrong = await bank.post('/v1/events', {});
    assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, HEAD, OPTIONS']);
    const [first] = [await open('anna', { Origin: 'https://app.example' }), await open()];
    assert.equal(first.response.headers['access-control-allow-origin'], 'https://app.example');
    assert.ok(first.response.headers['ratelimit'] !== undefined);
    const third = await bank.call('/v1/events', { headers: await headersOf('anna') });
    assert.equal((await problemOf(third)).code, 'rate-limited');
    assert.equal((await open('ben')).response.statusCode, 200, 'others have their own');
    first.leave();
    await first.ended();
    const again = await open();
    assert.equal(again.response.statusCode, 200);
  });

  it('end when the token of their client expires', async () => {
    await start();
    const reader = await openStream(`${bank.url}/v1/events`, {
      Authorization: `Bearer ${await tokenOf('anna', [], 1)}`,
    });
    readers.push(reader);
    await reader.ended();
    assert.equal(reader.response.complete, true);
  });

  it('end in good order when the facade stops, and resume at another', async () => {
    await start();
    const reader = await open();
    await pay();
    await reader.events(1);
    await bank.facade.close();
    await reader.ended();
    assert.equal(reader.response.complete, true);
  });

  it('give signs of life with the newest place', async () => {
    await start({ yaml: streamYaml(', heartbeatSeconds: 1, retrySeconds: 7') });
    const reader = await open('ben');
    const watching = await open('anna');
    await pay('anna');
    const [event] = await watching.events(1);
    while (reader.lastEventId() !== event!.id)
      await new Promise((resolve) => reader.response.once('data', resolve));
    assert.equal(reader.blocks.filter(({ data }) => data !== undefined).length, 0);
  });

  it('are not there without configuration, and refuse a path that is an operation', async () => {
    await start({ yaml: '' });
    assert.equal((await bank.call('/v1/events')).status, 404);
    const taken = startBank({
      yaml: streamYaml(', path: /v1/paid'),
      routes: [PAID.replace('POST', 'GET').replace(/, publish.*/, ' }')],
    });
    await assert.rejects(taken, /would hide the page \/v1\/paid/);
  });
});

describe('the configuration of events', () => {
  it('is refused with what is wrong with it', async () => {
    const wrong = startBank({
      yaml: `events:
  stream:
    rules:
      - { event: a..b, match: { customerId: token.sub } }
      - { event: a, match: {} }
      - { event: a, match: { subject: token.sub }, issuer: https://nobody.example }
  webhooks:
    office: { url: "https://user:secret@office.example", events: [a..b], secrets: [whsec_plain, b, c], allowedNetworks: [nonsense] }
    plain: { url: "http://office.example", events: [a], secrets: [b] }`,
    });
    await assert.rejects(wrong, (error: Error) => {
      for (const said of [
        /empty word/,
        /is plain HTTP/,
        /is no member of an event/,
        /says not whose/,
        /none of auth\.issuers/,
        /must not hold credentials/,
        /must not stand in this file/,
        /more than two/,
        /no IP address/,
      ])
        assert.match(error.message, said);
      assert.doesNotMatch(error.message, /whsec_plain|user:secret/);
      return true;
    });
  });
});
