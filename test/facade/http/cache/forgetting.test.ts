import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createInProcessBus } from '../../../../connectors/index.ts';
import { accountAnswer, transferAnswer } from '../../bank-wsdl.ts';
import { startBank, type Bank, type BankOptions } from '../../bank.ts';
import { requireRedis, type RedisServer } from '../../../services/redis.ts';
import { skipBecause } from '../../../services/skip-because.ts';

const ROUTES = [
  '{ operation: GetAccount, method: GET, path: "/v1/tagged/{accountId}", operationId: tagged, input: { customerId: token.sub }, cache: { ttlSeconds: 60, staleIfErrorSeconds: 60, tags: ["account:{accountId}"] } }',
  '{ operation: Transfer, method: POST, path: /v1/moves, operationId: move, input: { customerId: token.sub }, invalidates: ["account:{from}"] }',
];
const transfer = (from: string): unknown => ({ from, amount: '1.00', currency: 'EUR' });

/** A core whose accounts change with each transfer. */
function countingCore(bank: Bank): { transfers: number } {
  const state = { transfers: 0 };
  bank.answer = ({ action }) => {
    if (action.includes('Transfer')) {
      state.transfers += 1;
      return { body: transferAnswer };
    }
    return { body: accountAnswer.replace('33.00', `${state.transfers}.00`) };
  };
  return state;
}

const balanceOf = async (bank: Bank, account: string): Promise<string> => {
  const response = await bank.call(`/v1/tagged/${account}`);
  assert.equal(response.status, 200);
  return /(\d+)\.00/.exec(await response.text())?.[1] ?? '';
};
const statusOf = async (bank: Bank, account: string): Promise<string> =>
  (await bank.call(`/v1/tagged/${account}`)).headers.get('cache-status') ?? '';

async function withBank(options: BankOptions, work: (bank: Bank) => Promise<void>): Promise<void> {
  const bank = await startBank({ routes: ROUTES, policies: ['retry: { most: 0 }'], ...options });
  try {
    await work(bank);
  } finally {
    await bank.close();
  }
}

describe('what a write has changed', () => {
  it('is forgotten before the write is answered, and nothing else', () =>
    withBank({}, async (bank) => {
      countingCore(bank);
      assert.deepEqual([await balanceOf(bank, '1'), await balanceOf(bank, '2')], ['0', '0']);
      assert.equal((await bank.post('/v1/moves', transfer('1'))).status, 200);
      assert.deepEqual([await balanceOf(bank, '1'), await balanceOf(bank, '2')], ['1', '0']);
      const keyed = { 'Idempotency-Key': randomUUID() };
      assert.equal((await bank.post('/v1/moves', transfer('2'), keyed)).status, 200);
      assert.equal(await balanceOf(bank, '2'), '2');
      const client = await bank.call('/v1/tagged/1');
      assert.equal(client.headers.get('cache-control'), 'private, no-cache', 'the client has to ask');
    }));

  it('is forgotten too where nobody knows whether it was done, but not where nothing was sent', () =>
    withBank({}, async (bank) => {
      countingCore(bank);
      const { answer } = bank;
      await balanceOf(bank, '1');
      assert.equal((await bank.post('/v1/moves', { from: '1' })).status, 400);
      assert.match(await statusOf(bank, '1'), /hit/);
      bank.answer = (_call, response) => void response.socket?.destroy();
      assert.equal((await bank.post('/v1/moves', transfer('1'))).status, 502);
      bank.answer = answer;
      assert.match(await statusOf(bank, '1'), /fwd=miss/);
    }));

  it('is not brought back by a read that began before', () =>
    withBank({}, async (bank) => {
      const state = countingCore(bank);
      const asked = Promise.withResolvers<undefined>();
      const goOn = Promise.withResolvers<undefined>();
      const { answer } = bank;
      bank.answer = async (call, response) => {
        if (call.action.includes('Transfer')) return answer(call, response) as undefined;
        asked.resolve(undefined);
        await goOn.promise;
        response.writeHead(200, { 'Content-Type': 'text/xml' }).end(accountAnswer.replace('33.00', '0.00'));
        return undefined;
      };
      const early = bank.call('/v1/tagged/1');
      await asked.promise;
      await bank.post('/v1/moves', transfer('1'));
      goOn.resolve(undefined);
      await early;
      bank.answer = answer;
      assert.equal(state.transfers, 1);
      assert.equal(await balanceOf(bank, '1'), '1');
    }));

  it('is forgotten when the bus tells of it', async () => {
    const bus = createInProcessBus();
    const yaml = `cache: { invalidateOn: [ { event: "account.*", tags: ["account:{data.id}", "account:{subject}"] } ] }`;
    await withBank({ yaml, options: { bus } }, async (bank) => {
      countingCore(bank);
      for (const account of ['1', '2', '3']) await balanceOf(bank, account);
      const data = Buffer.from('{"id":1}');
      await bus.publish({
        id: 'x',
        event: 'account.changed',
        time: new Date().toISOString(),
        subject: '2',
        data,
      });
      while (/hit/.test(await statusOf(bank, '1')));
      while (/hit/.test(await statusOf(bank, '2')));
      assert.match(await statusOf(bank, '3'), /hit/);
    });
  });
});

describe('answers kept in Redis', function () {
  this.timeout(30_000);
  let server: RedisServer;
  before(async function () {
    server = await requireRedis(this);
  });
  after(() => server.stop());

  const withTwo = (work: (one: Bank, two: Bank) => Promise<void>, extra = ''): Promise<void> => {
    const yaml = `redis: { url: "${server.url}", prefix: "p${randomUUID()}", timeoutMilliseconds: 2000 }\n${extra}`;
    return withBank({ yaml }, (one) => withBank({ yaml, endpoint: one.coreUrl }, (two) => work(one, two)));
  };

  it('are those of all processes, and a write in one forgets them in all, within 100 ms', () =>
    withTwo(async (one, two) => {
      countingCore(one);
      assert.match(await statusOf(one, '1'), /fwd=miss; stored/);
      assert.match(await statusOf(two, '1'), /hit/);
      assert.equal(one.calls.length, 1);
      for (let turn = 1; turn <= 5; turn += 1) {
        await one.post('/v1/moves', transfer('1'));
        const answered = performance.now();
        while ((await balanceOf(two, '1')) !== String(turn))
          assert.ok(performance.now() - answered < 100, `${performance.now() - answered} ms`);
      }
    }));

  it('stay in their process with cache.store memory; what is forgotten is told all the same', () =>
    withTwo(async (one, two) => {
      countingCore(one);
      await balanceOf(one, '1');
      assert.match(await statusOf(two, '1'), /fwd=miss/);
      await one.post('/v1/moves', transfer('1'));
      while ((await balanceOf(two, '1')) !== '1');
    }, 'cache: { store: memory }'));

  it('fail nothing while Redis is away; afterwards what was missed is not believed', async function () {
    const { kill, start } = server;
    if (!kill || !start) return skipBecause(this, "the server is somebody else's: it is not stopped");
    await withTwo(async (one, two) => {
      const state = countingCore(one);
      for (const bank of [one, two]) assert.equal(await balanceOf(bank, '1'), '0');
      await kill();
      assert.match(await statusOf(two, '1'), /hit/, 'kept for its time');
      await one.post('/v1/moves', transfer('1'));
      assert.equal(await balanceOf(one, '1'), '1');
      assert.equal(await balanceOf(two, '1'), '0', 'it cannot know');
      await start();
      while ((await balanceOf(two, '1')) !== '1');
      assert.equal(state.transfers, 1);
    });
  });

  it('doubted, are still given, marked, where no new one can be had', async function () {
    const { kill, start } = server;
    if (!kill || !start) return skipBecause(this, "the server is somebody else's: it is not stopped");
    await withTwo(async (one, two) => {
      countingCore(one);
      await balanceOf(two, '1');
      one.answer = () => ({ status: 500, type: 'text/html', body: '<html>' });
      await kill();
      await start();
      let status = await statusOf(two, '1');
      while (!status.includes('stale-if-error')) status = await statusOf(two, '1');
    });
  });
});
