import assert from 'node:assert/strict';
import { insufficientFunds } from '../bank-wsdl.ts';
import { standardAnswer, startBank, type Bank } from '../bank.ts';
import { parseExposition } from './exposition.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };
const ACCOUNT = '{service="bank",operation="getAccount",method="GET"';
const TRANSFER = '{service="bank",operation="transfer",method="POST"';

async function metricsOf(bank: Bank): Promise<Map<string, number>> {
  const { metricsPort } = await bank.facade.listen(0, '127.0.0.1');
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  return parseExposition(await response.text());
}

async function withBank(
  yaml: string,
  work: (bank: Bank) => Promise<void>,
  policies: string[] = [],
): Promise<void> {
  const bank = await startBank({ yaml, policies });
  try {
    await work(bank);
  } finally {
    await bank.close();
  }
}

describe('Metrics', () => {
  it('count requests, durations, faults, replays and what the cache had, by operation', () =>
    withBank('metrics: { port: 0 }', async (bank) => {
      for (let call = 0; call < 3; call += 1) await (await bank.call('/v1/accounts/4711')).text();
      for (let call = 0; call < 2; call += 1) await bank.call('/v1/cached/4711');
      for (let call = 0; call < 2; call += 1)
        await bank.post('/v1/transfers', transfer, { 'Idempotency-Key': 'k' });
      bank.answer = () => ({ status: 500, body: insufficientFunds });
      await bank.post('/v1/transfers', transfer);
      bank.answer = (_call, response) => void response.destroy();
      await bank.post('/v1/transfers', transfer);
      await bank.call('/v1/accounts/4711', { headers: { Authorization: '' } });
      const series = await metricsOf(bank);
      const expected: Readonly<Record<string, number>> = {
        [`portico_requests_total${ACCOUNT},status="2xx"}`]: 3,
        [`portico_requests_total${ACCOUNT},status="4xx"}`]: 1,
        [`portico_requests_total${TRANSFER},status="2xx"}`]: 2,
        [`portico_requests_total${TRANSFER},status="4xx"}`]: 1,
        [`portico_requests_total${TRANSFER},status="5xx"}`]: 1,
        [`portico_request_duration_seconds_count${ACCOUNT}}`]: 4,
        [`portico_request_duration_seconds_bucket${ACCOUNT},le="+Inf"}`]: 4,
        [`portico_requests_in_flight${ACCOUNT}}`]: 0,
        'portico_cache_requests_total{service="bank",operation="cached",method="GET",result="hit"}': 1,
        'portico_cache_requests_total{service="bank",operation="cached",method="GET",result="miss"}': 1,
        [`portico_faults_total${TRANSFER}}`]: 1,
        [`portico_unknown_outcomes_total${TRANSFER}}`]: 1,
        [`portico_idempotent_replays_total${TRANSFER}}`]: 1,
        'portico_problems_total{code="insufficient-funds"}': 1,
        'portico_problems_total{code="upstream-cut-off"}': 1,
        'portico_problems_total{code="token-missing"}': 1,
      };
      for (const [name, value] of Object.entries(expected)) assert.equal(series.get(name), value, name);
      assert.ok((series.get('nodejs_eventloop_lag_p99_seconds') ?? 0) > 0);
      assert.ok((series.get('process_resident_memory_bytes') ?? 0) > 0);
    }));

  it('count calls to services, repetitions, refusals and tokens, and show circuits', () =>
    withBank(
      'metrics: { port: 0 }\nrateLimit: { requests: 7 }',
      async (bank) => {
        bank.answer = (_call, response) => void response.destroy();
        const token = `Bearer ${await bank.token()}`;
        for (let call = 0; call < 8; call += 1)
          await bank.call('/v1/accounts/4711', { headers: { Authorization: token } });
        const series = await metricsOf(bank);
        const endpoint = `{service="bank",endpoint="${bank.coreUrl}"`;
        assert.equal(series.get(`portico_upstream_calls_total${endpoint},outcome="cut-off"}`), 4);
        assert.equal(series.get(`portico_upstream_duration_seconds_count${endpoint}}`), 4);
        assert.equal(series.get(`portico_upstream_circuit_open${endpoint}}`), 1);
        assert.equal(series.get(`portico_upstream_running${endpoint}}`), 0);
        assert.ok(series.get(`portico_upstream_refused_total${endpoint},reason="circuit-open"}`)! >= 4);
        assert.ok(series.get('portico_upstream_repeats_total{service="bank"}')! >= 1);
        assert.equal(series.get('portico_problems_total{code="rate-limited"}'), 1);
        assert.equal(series.get('portico_tokens_total{cache="miss"}'), 1);
        assert.equal(series.get('portico_tokens_total{cache="hit"}'), 7);
      },
      ['circuitBreaker: { minimumCalls: 4 }'],
    ));

  it('have no id of a request among their labels', () =>
    withBank('metrics: { port: 0 }', async (bank) => {
      for (const path of [
        '/v1/accounts/secret-id',
        '/v1/accounts/secret-id?secret-query=1',
        '/v1/secret-path',
      ])
        await bank.call(path, { headers: { 'X-Request-Id': 'secret-request' } });
      await bank.call('/v1/accounts/secret-id', { method: 'DELETE' });
      await bank.post('/v1/transfers', transfer, { 'Idempotency-Key': 'secret-key' });
      assert.doesNotMatch([...(await metricsOf(bank)).keys()].join('\n'), /secret|anna|4711/);
    }));

  it('count what is in flight until it is answered, also when its client has gone', () =>
    withBank('metrics: { port: 0 }', async (bank) => {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
      bank.answer = () => {
        arrive(undefined);
        return undefined;
      };
      const controller = new AbortController();
      const pending = bank.call('/v1/accounts/4711', { signal: controller.signal });
      await arrived;
      const name = `portico_requests_in_flight${ACCOUNT}}`;
      assert.equal((await metricsOf(bank)).get(name), 1);
      controller.abort();
      await assert.rejects(pending);
      bank.answer = standardAnswer;
      while ((await metricsOf(bank)).get(name) !== 0) await bank.call('/v1/accounts/4711');
    }));

  it('are nowhere to be read unless the configuration says so', async () => {
    await withBank('', async (bank) => {
      assert.equal((await bank.call('/metrics')).status, 404);
      assert.equal((await bank.facade.listen(0, '127.0.0.1')).metricsPort, undefined);
    });
    await withBank('metrics: { port: 0 }', async (bank) => {
      assert.equal((await bank.call('/metrics')).status, 404);
    });
    await withBank('metrics: { public: true }', async (bank) => {
      const response = await bank.call('/metrics', { headers: { Authorization: '' } });
      assert.equal(response.status, 200);
      assert.ok(parseExposition(await response.text()).size > 10);
    });
  });
});

describe('The port of its own', () => {
  it('has readiness and health too, and nothing else', () =>
    withBank('metrics: { port: 0 }', async (bank) => {
      const { metricsPort } = await bank.facade.listen(0, '127.0.0.1');
      const at = (path: string, init?: RequestInit): Promise<Response> =>
        fetch(`http://127.0.0.1:${metricsPort}${path}`, init);
      assert.deepEqual(await (await at('/healthz')).json(), { status: 'ok' });
      const ready = await at('/readyz');
      assert.deepEqual([ready.status, ((await ready.json()) as { status: string }).status], [200, 'ready']);
      const { origin } = new URL(bank.coreUrl);
      assert.deepEqual(((await (await at('/readyz')).json()) as { endpoints: unknown }).endpoints, {
        bank: [{ index: 0, origin, circuit: 'closed', running: 0, queued: 0 }],
      });
      const shown = await (await bank.call('/readyz')).text();
      assert.ok(!shown.includes(new URL(bank.coreUrl).host), "where a service is, is nobody else's business");
      for (const path of ['/v1/accounts/4711', '/openapi.json', '/', '/metrics/..', '/../etc/passwd'])
        assert.equal((await at(path)).status, 404, path);
      assert.equal((await at('/metrics', { method: 'POST' })).status, 405);
      const head = await at('/metrics', { method: 'HEAD' });
      assert.deepEqual([head.status, await head.text()], [200, '']);
      assert.equal(head.headers.get('x-content-type-options'), 'nosniff');
    }));
});
