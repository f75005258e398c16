import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { startCuttingProxy } from '../../services/cutting-proxy.ts';
import { startRabbitMq, type RabbitMq } from '../../services/rabbitmq.ts';
import { skipBecause } from '../../services/skip-because.ts';
import {
  startResponder,
  type Answer,
  type Asked,
  type Responder,
} from '../../connectors/soap-amqp/responder.ts';
import { startBank, type Bank, type ProblemBody } from '../bank.ts';
import { accountAnswer, envelope, transferAnswer } from '../bank-wsdl.ts';

const TRANSFER = { from: '4711', amount: '33.00', currency: 'EUR' };
const FUNDS = envelope(
  '<s:Fault><faultcode>s:Client</faultcode><faultstring>Too little</faultstring><detail><InsufficientFunds xmlns="urn:bank"><Available>1.00</Available></InsufficientFunds></detail></s:Fault>',
);

describe('a service behind RabbitMQ', function () {
  this.timeout(90_000);
  let broker: RabbitMq;
  const open: { close(): Promise<unknown> }[] = [];

  before(async function () {
    const started = await startRabbitMq();
    if (typeof started === 'string') skipBecause(this, started);
    broker = started;
  });
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.close();
  });
  after(() => (broker as RabbitMq | undefined)?.stop());

  async function start(
    answer: Parameters<typeof startResponder>[2],
    policies: readonly string[] = [],
    url: string = broker.url,
  ): Promise<{ readonly bank: Bank; readonly core: Responder; readonly queue: string }> {
    const queue = `core.${randomUUID().slice(0, 8)}`;
    const core = await startResponder(broker.url, queue, answer);
    const bank = await startBank({
      yaml: `bus: { url: "${url}" }\nrateLimit: { requests: 1000000 }`,
      services: `bank:
    wsdl: bank.wsdl
    transport: amqp
    amqp: { queue: ${queue} }
    ${['retry: { most: 0 }', ...policies].join('\n    ')}
    routes:
      - { operation: GetAccount, method: GET, path: "/v1/accounts/{accountId}", input: { customerId: token.sub } }
      - { operation: Transfer, method: POST, path: /v1/transfers, status: 201, input: { customerId: token.sub } }
      - { operation: Notify, method: POST, path: /v1/notices }`,
    });
    open.push(core, bank);
    return { bank, core, queue };
  }

  const byAction = ({ properties }: Asked): Answer => ({
    body: String(properties.headers?.['SOAPAction']).includes('Transfer') ? transferAnswer : accountAnswer,
  });

  it('answers REST with what a SOAP responder on a queue says', async () => {
    const { bank, core } = await start(byAction);
    const read = await bank.call('/v1/accounts/4711');
    assert.deepEqual([read.status, await read.json()], [200, { accountId: '4711', balance: '33.00' }]);
    const written = await bank.post('/v1/transfers', TRANSFER);
    assert.deepEqual([written.status, await written.json()], [201, { transferId: 't-1' }]);
    const [, { text, properties }] = core.asked as [Asked, Asked];
    assert.match(text, /<\w*:?Amount>33\.00</);
    assert.equal(properties.contentType, 'text/xml; charset=utf-8');
    assert.equal(properties.headers?.['SOAPAction'], '"urn:bank/Transfer"');
    assert.match(String(properties.headers['traceparent']), /^00-/);
    assert.ok(Number(properties.expiration) <= 10_000);
  });

  it('makes a declared fault a problem, as over HTTP', async () => {
    const { bank } = await start(() => ({ body: FUNDS }));
    const response = await bank.post('/v1/transfers', TRANSFER);
    assert.equal(response.status, 422);
    assert.deepEqual(((await response.json()) as { fault?: unknown }).fault, { available: '1.00' });
  });

  it('accepts a one-way message once the broker has it', async () => {
    const { bank, core } = await start(() => undefined);
    assert.equal((await bank.post('/v1/notices', { text: 'x' })).status, 202);
    await core.count(1);
    assert.equal(core.asked[0]!.properties.replyTo, undefined);
  });

  it('says that a transfer was not sent when nobody has such a queue', async () => {
    const { bank, core } = await start(byAction, [`timeoutSeconds: 5`]);
    const other = await startBank({
      yaml: `bus: { url: "${broker.url}" }`,
      services: `bank:
    wsdl: bank.wsdl
    transport: amqp
    amqp: { queue: nobody.${randomUUID()} }
    routes:
      - { operation: Transfer, method: POST, path: /v1/transfers, status: 201, input: { customerId: token.sub } }`,
    });
    open.push(other);
    const response = await other.post('/v1/transfers', TRANSFER);
    const problem = (await response.json()) as ProblemBody & { readonly outcome?: string };
    assert.equal(problem.code, 'upstream-unreachable');
    assert.equal(problem.outcome, undefined);
    assert.equal(core.asked.length, 0);
    await bank.call('/v1/accounts/4711');
  });

  it('says that the outcome is unknown when no answer comes in time', async () => {
    const { bank } = await start(() => undefined, ['timeoutSeconds: 1']);
    const response = await bank.post('/v1/transfers', TRANSFER);
    const problem = (await response.json()) as ProblemBody & { readonly outcome?: string };
    assert.deepEqual([response.status, problem.code, problem.outcome], [504, 'upstream-timeout', 'unknown']);
  });

  it('takes an answer that was published while its connection was cut', async () => {
    const proxy = await startCuttingProxy(Number(new URL(broker.url).port));
    open.push(proxy);
    const { bank, core } = await start(
      async (asked) => {
        proxy.refuse();
        proxy.cut();
        return byAction(asked);
      },
      [],
      broker.url.replace(/:\d+$/, `:${proxy.port}`),
    );
    const answer = bank.post('/v1/transfers', TRANSFER);
    await core.count(1);
    proxy.thaw();
    assert.equal((await answer).status, 201);
  });

  it('shows the broker in its readiness', async () => {
    const { bank } = await start(byAction);
    const { bus, services } = (await (await bank.call('/readyz')).json()) as {
      readonly bus: string;
      readonly services: unknown;
    };
    assert.deepEqual([bus, services], ['connected', { bank: 'reachable' }]);
  });

  it('ends every one of 50 parallel callers by its deadline while the broker is restarted', async function () {
    if (!broker.restart) skipBecause(this, "the server is somebody else's: it is not stopped");
    const { bank, queue } = await start(byAction, [
      'timeoutSeconds: 5',
      'circuitBreaker: { minimumCalls: 10000 }',
    ]);
    let isOver = false;
    const outcomes = new Map<string, number>();
    let slowest = 0;
    const call = async (): Promise<void> => {
      while (!isOver) {
        const startedAt = performance.now();
        const response = await bank.post('/v1/transfers', TRANSFER);
        const { code = 'answer' } = (await response.json()) as Partial<ProblemBody>;
        slowest = Math.max(slowest, performance.now() - startedAt);
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      }
    };
    const callers = Array.from({ length: 50 }, call);
    while (!outcomes.has('answer')) await new Promise(setImmediate);
    outcomes.clear();
    await broker.restart();
    outcomes.delete('answer');
    // The responder does not come back by itself; the calls end all the same.
    open.push(await startResponder(broker.url, queue, byAction));
    while (!outcomes.has('answer')) await new Promise(setImmediate);
    isOver = true;
    await Promise.all(callers);
    console.log(`      ${JSON.stringify(Object.fromEntries(outcomes))}, slowest ${Math.round(slowest)} ms`);
    assert.ok(slowest < 8000, `the slowest call took ${slowest} ms`);
    const known = new Set([
      'answer',
      'upstream-unreachable',
      'upstream-timeout',
      'upstream-busy',
      'upstream-cut-off',
    ]);
    assert.deepEqual(
      [...outcomes.keys()].filter((code) => !known.has(code)),
      [],
    );
  });
});
