import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { envelope } from '../bank-wsdl.ts';
import { startBank, type Bank } from '../bank.ts';

const LARGE = 8 * 1024 * 1024;

const largeAnswer: string = envelope(
  `<GetAccountResponse xmlns="urn:bank"><AccountId>${'x'.repeat(LARGE)}</AccountId><Balance>33.00</Balance></GetAccountResponse>`,
);

async function withBank(yaml: string, work: (bank: Bank) => Promise<void>): Promise<void> {
  const bank = await startBank({ yaml });
  try {
    await work(bank);
  } finally {
    await bank.close();
  }
}

/** Sends a request and reads nothing of the answer before `read` is called, which gives its size. */
async function slowClient(bank: Bank, path: string): Promise<{ read(): Promise<number> }> {
  const socket = connect(Number(new URL(bank.url).port), '127.0.0.1').pause();
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await bank.token()}\r\n\r\n`);
  await once(socket, 'readable');
  return {
    read: async () => {
      let bytes = 0;
      for await (const chunk of socket as AsyncIterable<Buffer>) bytes += chunk.length;
      return bytes;
    },
  };
}

/** One that tells when the core has been asked, and lets the test say when it answers. */
function heldCore(bank: Bank): { readonly asked: Promise<undefined>; answer(): void } {
  const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>();
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<undefined>();
  const usual = bank.answer;
  bank.answer = (call, response) => {
    ask(undefined);
    return mayAnswer.then(() => {
      const { body = '' } = usual(call, response) as { body?: string };
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(body);
      return undefined;
    });
  };
  return {
    asked,
    answer: () => {
      answer(undefined);
    },
  };
}

describe('A stop', () => {
  it('turns readiness off first, takes requests for as long as configured, and finishes those in flight', () =>
    withBank('server: { stopDelaySeconds: 1 }\nmetrics: { port: 0 }', async (bank) => {
      const { metricsPort } = await bank.facade.listen(0, '127.0.0.1');
      const core = heldCore(bank);
      const held = bank.call('/v1/accounts/4711');
      await core.asked;
      const stopped = bank.facade.close();
      for (const url of [bank.url, `http://127.0.0.1:${metricsPort}`]) {
        const ready = await fetch(`${url}/readyz`);
        assert.deepEqual(
          [ready.status, ((await ready.json()) as { status: string }).status],
          [503, 'stopping'],
        );
      }
      const late = bank.call('/v1/accounts/4712');
      core.answer();
      assert.deepEqual([(await held).status, (await late).status], [200, 200]);
      await stopped;
      await assert.rejects(fetch(`${bank.url}/healthz`));
      await assert.rejects(fetch(`http://127.0.0.1:${metricsPort}/healthz`));
    }));

  it('has every answer from its beginning close its connection, and resets none with a request on it', () =>
    withBank('server: { stopDelaySeconds: 1 }', async (bank) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 2 });
      const headers = { Authorization: `Bearer ${await bank.token()}` };
      const ask = async (path: string): Promise<readonly [number | undefined, string | undefined]> => {
        const request = httpRequest(bank.url + path, { agent, headers }).end();
        const [answer] = (await once(request, 'response')) as [IncomingMessage];
        for await (const chunk of answer) assert.ok(chunk);
        return [answer.statusCode, answer.headers.connection];
      };
      assert.deepEqual(await ask('/v1/accounts/4711'), [200, 'keep-alive']);
      const core = heldCore(bank);
      const held = ask('/v1/accounts/4711');
      await core.asked;
      let isStopped = false;
      const stopped = bank.facade.close().then(() => (isStopped = true));
      core.answer();
      assert.deepEqual(await held, [200, 'close']);
      for (const [path, status] of [
        ['/v1/accounts/4712', 200],
        ['/v1/cached/4711', 200],
        ['/v1/cached/4711', 200],
        ['/healthz', 200],
        ['/readyz', 503],
        ['/nowhere', 404],
      ] as const)
        assert.deepEqual(await ask(path), [status, 'close'], path);
      assert.ok(!isStopped, 'all that within the delay');
      await stopped;
      agent.destroy();
    }));

  it('is still to be seen at the port of its own while requests finish', () =>
    withBank('metrics: { port: 0 }', async (bank) => {
      const { metricsPort } = await bank.facade.listen(0, '127.0.0.1');
      const core = heldCore(bank);
      const held = bank.call('/v1/accounts/4711');
      await core.asked;
      const stopped = bank.facade.close();
      assert.equal((await fetch(`http://127.0.0.1:${metricsPort}/readyz`)).status, 503);
      await assert.rejects(fetch(`${bank.url}/readyz`));
      core.answer();
      const answer = await held;
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('connection'), 'close');
      await stopped;
    }));

  for (const path of ['/v1/accounts/4711', '/v1/cached/4711'])
    it(`leaves a slow client the time to take the rest of a large answer (${path})`, () =>
      withBank('', async (bank) => {
        bank.answer = () => ({ body: largeAnswer });
        const client = await slowClient(bank, path);
        const stopped = bank.facade.close();
        assert.ok((await client.read()) > LARGE);
        await stopped;
      }));

  it('waits for a client that takes nothing no longer than its deadline', () =>
    withBank('server: { shutdownSeconds: 1 }', async (bank) => {
      bank.answer = () => ({ body: largeAnswer });
      const client = await slowClient(bank, '/v1/cached/4711');
      const startedAt = performance.now();
      await bank.facade.close();
      const ms = performance.now() - startedAt;
      assert.ok(ms >= 900 && ms < 4000, `${ms} ms`);
      await client.read().catch(() => undefined);
    }));

  it('asked for twice is one', () =>
    withBank('', async (bank) => {
      await Promise.all([bank.facade.close(), bank.facade.close()]);
    }));
});
