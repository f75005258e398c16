import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import type { BusEvent, EventBus } from '../../../connectors/index.ts';
import { createInProcessBus } from '../../../connectors/index.ts';
import { accountAnswer } from '../bank-wsdl.ts';
import { problemOf, standardAnswer, startBank, type Bank } from '../bank.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };

describe('the front door', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank();
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.log.length = 0;
  });

  it('knows HEAD, OPTIONS and 405 for its paths, operations and pages alike', async () => {
    const head = await bank.call('/v1/accounts/4711', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '38', '']);
    const options = await bank.call('/v1/accounts/4711', {
      method: 'OPTIONS',
      headers: { Authorization: '' },
    });
    assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, OPTIONS']);
    for (const path of ['/v1/accounts/4711', '/healthz', '/openapi.json', '/docs']) {
      const response = await bank.call(path, { method: 'DELETE' });
      assert.equal(response.headers.get('allow'), 'GET, HEAD, OPTIONS');
      assert.equal((await problemOf(response)).code, 'method-not-allowed');
    }
    assert.equal((await bank.call('/v1/transfers', { method: 'GET' })).headers.get('allow'), 'POST, OPTIONS');
  });

  it('answers what it does not know with a 404 problem', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/accounts',
      '/v1/accounts/4711/',
      '/docs/../../etc/passwd',
      '/docs/package.json',
      '/%',
      '/a?b=%',
    ]) {
      const problem = await problemOf(await bank.call(path));
      assert.deepEqual([problem.status, problem.code], [404, 'not-found'], path);
      assert.ok(problem.requestId);
    }
  });

  it('answers what is no HTTP with a problem, too', async () => {
    for (const [bytes, expected] of [
      ['NONSENSE\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*malformed-request/],
      [
        `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
        /^HTTP\/1\.1 431 [\s\S]*headers-too-large/,
      ],
    ] as const) {
      const socket = connect(Number(new URL(bank.url).port), '127.0.0.1');
      socket.end(bytes);
      assert.match(await text(socket), expected);
    }
  });

  it('echoes a sane request id and makes one otherwise', async () => {
    const idOf = async (given: string): Promise<string | null> =>
      (await bank.call('/healthz', { headers: { 'X-Request-Id': given } })).headers.get('x-request-id');
    for (const sane of ['Abc.1:2_3-4', '550e8400-e29b-41d4-a716-446655440000'])
      assert.equal(await idOf(sane), sane);
    for (const insane of [
      'a b',
      '<script>',
      'x'.repeat(129),
      '{"a":1}',
      'r-4111111111111111',
      'DE89370400440532013000',
    ])
      assert.match((await idOf(insane)) ?? '', /^[0-9a-f-]{36}$/);
  });

  it('sends security headers and no signature of its parts', async () => {
    for (const path of ['/v1/accounts/4711', '/healthz', '/nowhere']) {
      const { headers } = await bank.call(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.equal(headers.get('x-powered-by'), null);
    }
  });

  it('writes one log line a request, with nothing secret in it', async () => {
    const token = await bank.token();
    await bank.call('/v1/accounts/777888?limit=5&secret=hunter2', {
      headers: { Authorization: `Bearer ${token}` },
    });
    await bank.post('/v1/transfers', { ...transfer, note: 'hunter2' }, { Authorization: `Bearer ${token}` });
    await bank.call('/v1/accounts/4711', { headers: { Authorization: `Bearer ${token}` } });
    await bank.call('/v1/accounts/4711', { headers: { Authorization: `Bearer ${token.slice(0, -3)}` } });
    const lines = bank.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      lines.map(({ method, route, status, code }) => [method, route, status, code]),
      [
        ['GET', '/v1/accounts/{accountId}', 400, 'invalid-input'],
        ['POST', '/v1/transfers', 400, 'invalid-input'],
        ['GET', '/v1/accounts/{accountId}', 200, undefined],
        ['GET', '/v1/accounts/{accountId}', 401, 'token-invalid'],
      ],
    );
    assert.match(String(lines[2]?.subject), /^[0-9a-f]{16}$/);
    const [header = '', payload = '', signature = ''] = token.split('.');
    for (const secret of [
      header,
      payload,
      signature.slice(0, 20),
      'hunter2',
      '777888',
      'anna',
      '10.005',
      'Bearer',
    ])
      assert.ok(!bank.log.join('').includes(secret), secret);
  });

  it('names pages in the log too, but never a path that somebody made up', async () => {
    await bank.call('/healthz');
    await bank.call('/docs/hunter2');
    const routes = bank.log.map((line) => (JSON.parse(line) as { route?: string }).route);
    assert.deepEqual(routes, ['/healthz', undefined]);
  });

  it('publishes the answer of a route that asks for it, after success only', async () => {
    const bus = createInProcessBus();
    const events: BusEvent[] = [];
    const { promise: arrived, resolve } = Promise.withResolvers<undefined>();
    await bus.subscribe('transfer.*', (event) => {
      events.push(event);
      resolve(undefined);
    });
    const other = await startBank({ options: { bus } });
    try {
      other.answer = () => ({ status: 500, body: '<html>' });
      assert.equal((await other.post('/v1/transfers', transfer)).status, 502);
      other.answer = standardAnswer;
      assert.equal((await other.post('/v1/transfers', transfer, { 'X-Request-Id': 'r-1' })).status, 201);
      await arrived;
      assert.equal(events.length, 1);
      assert.equal(events[0]?.event, 'transfer.completed');
      assert.deepEqual(JSON.parse(Buffer.from(events[0].data).toString()), { transferId: 't-1' });
      assert.equal(events[0].requestId, 'r-1');
      assert.ok(!Number.isNaN(Date.parse(events[0].time)));
    } finally {
      await other.close();
    }
  });

  it('lets a transfer succeed while the bus is away, and keeps its event until it is back', async () => {
    let isThere = false;
    const { promise: published, resolve } = Promise.withResolvers<BusEvent>();
    const bus: EventBus = {
      ...createInProcessBus(),
      publish: async (event) => {
        resolve(event);
      },
      isConnected: () => isThere,
    };
    const other = await startBank({ options: { bus } });
    try {
      assert.equal((await other.post('/v1/transfers', transfer)).status, 201);
      const ready = (await (await other.call('/readyz')).json()) as { status: string; bus: string };
      assert.deepEqual([ready.status, ready.bus], ['degraded', 'disconnected']);
      isThere = true;
      assert.equal((await published).event, 'transfer.completed');
    } finally {
      await other.close();
    }
  });

  it('fits into an Express app of other people, and lets them add to its own', async () => {
    const theirs = express().use('/bank', (request, response, next) => {
      bank.facade.handler(request, response, next);
    });
    theirs.use((_request, response) => void response.status(418).end());
    const server = theirs.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const headers = { Authorization: `Bearer ${await bank.token()}` };
    assert.equal((await fetch(`${url}/bank/v1/accounts/4711`, { headers })).status, 200);
    assert.equal((await fetch(`${url}/bank/v1/nothing`, { headers })).status, 418);
    server.close();
    server.closeAllConnections();
    const extended = await startBank({
      options: {
        extend: (app) =>
          void app
            .get('/hello', (_request, response) => void response.send('hi'))
            .get('/boom', () => {
              throw new Error('secret cause');
            }),
      },
    });
    try {
      assert.equal(await (await extended.call('/hello')).text(), 'hi');
      const problem = await problemOf(await extended.call('/boom'));
      assert.equal(problem.code, 'internal-error');
      assert.doesNotMatch(JSON.stringify(problem), /secret/);
    } finally {
      await extended.close();
    }
  });
});

describe('the rate limit', () => {
  it('counts per subject, tells where one stands, and answers 429', async () => {
    const bank = await startBank({ yaml: 'rateLimit: { requests: 2, windowSeconds: 100 }' });
    try {
      const first = await bank.call('/v1/accounts/1');
      assert.equal(first.headers.get('ratelimit-policy'), '"default";q=2;w=100');
      assert.match(first.headers.get('ratelimit') ?? '', /^"default";r=1;t=(100|99)$/);
      await bank.call('/v1/accounts/1');
      const refused = await bank.call('/v1/accounts/1');
      const wait = Number(refused.headers.get('retry-after'));
      assert.ok(wait > 90 && wait <= 100);
      assert.equal((await problemOf(refused)).code, 'rate-limited');
      assert.equal(bank.calls.length, 2);
    } finally {
      await bank.close();
    }
  });

  it('counts failed attempts per address', async () => {
    const bank = await startBank({ yaml: 'rateLimit: { requests: 2, windowSeconds: 100 }' });
    try {
      const attempt = async (): Promise<number> =>
        (await bank.call('/v1/accounts/1', { headers: { Authorization: 'Bearer x' } })).status;
      assert.deepEqual([await attempt(), await attempt(), await attempt()], [401, 401, 429]);
      assert.equal((await bank.call('/v1/accounts/1')).status, 200, 'a good token is counted for itself');
    } finally {
      await bank.close();
    }
  });
});

describe('a stop', () => {
  it('turns readiness off, finishes what is in flight, and takes nothing new', async () => {
    const bank = await startBank();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    const { promise: goOn, resolve } = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      arrive(undefined);
      await goOn;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(accountAnswer);
      return undefined;
    };
    const answer = bank.call('/v1/accounts/4711');
    await arrived;
    const closed = bank.close();
    await assert.rejects(fetch(`${bank.url}/healthz`), 'no new connection');
    resolve(undefined);
    const response = await answer;
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('connection'), 'close');
    await closed;
  });

  it('does not wait longer than shutdownSeconds, and says so to who still waits', async () => {
    const bank = await startBank({ yaml: 'server: { shutdownSeconds: 1 }' });
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    const { promise: again, resolve: arriveAgain } = Promise.withResolvers<undefined>();
    bank.answer = ({ action }) => {
      (action.includes('Transfer') ? arriveAgain : arrive)(undefined);
      return undefined;
    };
    const answer = bank.call('/v1/accounts/4711');
    await arrived;
    const write = bank.post('/v1/transfers', transfer);
    await again;
    const before = Date.now();
    const [read] = await Promise.all([answer, bank.close()]);
    assert.ok(Date.now() - before < 5000);
    assert.deepEqual(
      [await problemOf(read), await problemOf(await write)].map(({ code, outcome }) => [code, outcome]),
      [
        ['stopping', undefined],
        ['stopping', 'unknown'],
      ],
    );
  });

  it('is one stop, however often it is asked for', async () => {
    const bank = await startBank();
    await Promise.all([bank.facade.close(), bank.facade.close()]);
    await bank.close();
  });

  it('is not held up by idle connections', async () => {
    const bank = await startBank();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    httpRequest(`${bank.url}/healthz`, { headers: { Connection: 'keep-alive' } }, (response) => {
      response.resume().once('end', () => {
        resolve(undefined);
      });
    })
      .on('error', () => undefined)
      .end();
    await promise;
    const before = Date.now();
    await bank.close();
    assert.ok(Date.now() - before < 3000);
  });
});
