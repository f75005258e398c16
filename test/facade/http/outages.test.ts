import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createSocketServer,
  type AddressInfo,
  type Server as SocketServer,
  type Socket,
} from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Readiness } from '../../../facade/http/pages/readiness.ts';
import { accountAnswer, transferAnswer } from '../bank-wsdl.ts';
import { problemOf, startBank, type Bank, type BankOptions } from '../bank.ts';

const transfer = { from: '4711', amount: '10.00', currency: 'EUR' };
const NANOSECONDS = 1e6;

describe('a service that fails', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function bankWith(options: BankOptions): Promise<Bank> {
    const bank = await startBank(options);
    closing.push(() => bank.close());
    return bank;
  }

  async function urlOf(server: Server | SocketServer): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/bank`;
  }

  const core = (listener: RequestListener): Promise<string> => urlOf(createServer(listener));
  const answering: RequestListener = (request, response) => {
    const body = String(request.headers.soapaction).includes('Transfer') ? transferAnswer : accountAnswer;
    request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end(body));
  };

  /** Where nothing listens. */
  async function refusing(): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return `http://127.0.0.1:${port}/bank`;
  }

  const several = (...urls: string[]): BankOptions => ({
    services: bankAt(`endpoints: [${urls.join(', ')}]`),
  });

  it('by hanging is cut off from calls, slows nothing else down, and is called again once it is back', async function () {
    this.timeout(20_000);
    let isHanging = true;
    const url = await core((request, response) => {
      if (!isHanging) answering(request, response);
    });
    const bank = await bankWith({
      yaml: 'rateLimit: { requests: 1000000 }',
      services: `${bankAt(`endpoint: ${url}`, 'timeoutSeconds: 1', 'circuitBreaker: { probeSeconds: 1 }')}
  other:
    wsdl: bank.wsdl
    endpoint: ${await core(answering)}
    routes:
      - { operation: GetAccount, method: GET, path: "/v1/other/{accountId}", operationId: other, input: { customerId: token.sub } }`,
    });
    const token = { Authorization: `Bearer ${await bank.token()}` };
    const timed = async (path: string): Promise<{ ms: number; status: number }> => {
      const start = performance.now();
      const response = await bank.call(path, { headers: token });
      await response.arrayBuffer();
      return { ms: performance.now() - start, status: response.status };
    };
    await timed('/v1/other/1');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const hanging = Array.from({ length: 60 }, () => timed('/v1/accounts/1'));
    const others: number[] = [];
    while (others.length < 100) others.push((await timed('/v1/other/1')).ms);
    const statuses = (await Promise.all(hanging)).map(({ status }) => status);
    delay.disable();
    assert.ok(statuses.includes(504));
    assert.ok(
      statuses.every((status) => status === 503 || status === 504),
      statuses.join(),
    );
    const refused = await Promise.all(Array.from({ length: 20 }, () => timed('/v1/accounts/1')));
    assert.ok(refused.filter(({ status, ms }) => status === 503 && ms < 500).length >= 19);
    const state = (await (await bank.call('/readyz')).json()) as Readiness;
    assert.deepEqual(
      [state.status, state.services.bank, state.services.other],
      ['degraded', 'failing', 'reachable'],
    );
    isHanging = false;
    const back = performance.now();
    while ((await timed('/v1/accounts/1')).status !== 200);
    const recovery = performance.now() - back;
    const p99 = delay.percentile(99) / NANOSECONDS;
    const median = others.sort((left, right) => left - right)[others.length / 2]!;
    console.log(
      `event loop p99 ${p99.toFixed(1)} ms, other route median ${median.toFixed(1)} ms, back after ${recovery.toFixed(0)} ms`,
    );
    assert.ok(recovery < 2000, `${recovery} ms, with a probe each second`);
    // Tests share their machine: what others take of it shows in the slowest, so the median is held here and p99 is printed.
    assert.ok(median < 250, `${median} ms`);
    assert.ok(delay.percentile(50) / NANOSECONDS < 50);
  });

  it('by refusing connections is left for the next endpoint, also for a write', async () => {
    const bank = await bankWith(several(await refusing(), await core(answering)));
    assert.equal((await bank.post('/v1/transfers', transfer)).status, 201);
    assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
  });

  it('in the middle of an answer is never sent a write again', async () => {
    let received = 0;
    const cutting = createSocketServer((socket: Socket) => {
      socket
        .on('error', () => undefined)
        .once('data', () => {
          received += 1;
          socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 999\r\n\r\n<soap');
        });
    });
    const urls = [await urlOf(cutting), await core(() => assert.fail('sent again'))];
    const bank = await bankWith(several(...urls));
    const problem = await problemOf(await bank.post('/v1/transfers', transfer));
    assert.deepEqual([problem.code, problem.outcome, received], ['upstream-cut-off', 'unknown', 1]);
  });

  it('before its answer begins is asked again what is safe, and no write', async () => {
    let received = 0;
    const url = await core((request, response) => {
      received += 1;
      if (received === 1) request.socket.destroy();
      else answering(request, response);
    });
    const bank = await bankWith({ endpoint: url });
    assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
    assert.equal(received, 2);
    received = 0;
    const problem = await problemOf(await bank.post('/v1/transfers', transfer));
    assert.deepEqual([problem.code, problem.outcome, received], ['upstream-cut-off', 'unknown', 1]);
  });

  it('asks for a pause is passed on as 503 with its Retry-After', async () => {
    for (const [status, retryAfter] of [
      [503, '17'],
      [429, new Date(Date.now() + 17_500).toUTCString()],
    ] as const) {
      const bank = await bankWith({});
      bank.answer = (_call, response) =>
        void response
          .writeHead(status, { 'Content-Type': 'text/html', 'Retry-After': retryAfter })
          .end('<p>later</p>');
      const response = await bank.call('/v1/accounts/4711');
      const seconds = Number(response.headers.get('retry-after'));
      assert.ok(seconds >= 16 && seconds <= 18, `${seconds}`);
      const problem = await problemOf(response);
      assert.deepEqual([problem.status, problem.code, bank.calls.length], [503, 'upstream-busy', 1]);
    }
  });

  it('under the waiting time of the client ends in 504 by then', async () => {
    const bank = await bankWith({});
    bank.answer = () => undefined;
    const start = performance.now();
    const response = await bank.call('/v1/accounts/4711', { headers: { Prefer: 'wait=1' } });
    const elapsed = performance.now() - start;
    assert.equal(response.headers.get('preference-applied'), 'wait=1');
    assert.equal((await problemOf(response)).code, 'upstream-timeout');
    assert.ok(elapsed > 900 && elapsed < 3000, `${elapsed} ms`);
  });

  it('is not given longer than configured, whatever the client would wait', async () => {
    const bank = await bankWith({ yaml: 'server: { requestTimeoutSeconds: 1 }' });
    bank.answer = () => undefined;
    const response = await bank.call('/v1/accounts/4711', { headers: { Prefer: 'respond-async, wait=600' } });
    assert.equal(response.headers.get('preference-applied'), null);
    assert.equal((await problemOf(response)).code, 'upstream-timeout');
  });
});

/** The bank of the tests as a service with these keys. */
function bankAt(...keys: string[]): string {
  return `bank:
    wsdl: bank.wsdl
    ${keys.join('\n    ')}
    routes:
      - { operation: GetAccount, method: GET, path: "/v1/accounts/{accountId}", input: { customerId: token.sub } }
      - { operation: Transfer, method: POST, path: /v1/transfers, status: 201, input: { customerId: token.sub, options.channel: { const: WEB } } }`;
}
