import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { toIban } from '../../examples/bank/iban.ts';
import { createMockBank } from '../../examples/bank/mock-bank-server.ts';
import type { BankState } from '../../examples/bank/state.ts';
import { createDevelopmentToken, createFacade, type Facade, type MockServer } from '../../index.ts';
import { bankConfig } from '../commands/bank-config.ts';
import { createFlakyCore, type Fate, type FlakyCore } from '../commands/flaky-core.ts';
import { runFacade, type RunningFacade } from '../commands/run-facade.ts';

const payment = {
  '@type': 'DomesticPayment',
  debtorAccountId: 'acc-1001',
  creditor: { name: 'Ben Okafor', iban: toIban('20010001') },
  amount: '10.005',
  currency: 'EUR',
};
const isTransfer = (action: string): boolean => action.includes('CreateTransfer');

describe('a transfer with an unknown outcome', function () {
  this.timeout(60_000);
  let folder: string;
  let state: BankState;
  let mock: MockServer;
  let core: FlakyCore;
  let token: string;
  const facades: (Facade | RunningFacade)[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-once-'));
    state = createInitialState();
    mock = await createMockBank({ state });
    core = await createFlakyCore(mock.url);
    const scopes = ['transfers:write', 'transfers:read'];
    token = await createDevelopmentToken({ configDir: folder, subject: 'anna', scopes });
  });
  afterEach(async () => {
    for (const facade of facades.splice(0)) await ('stop' in facade ? facade.stop() : facade.close());
    await core.close();
    await mock.close();
    await rm(folder, { recursive: true });
  });

  async function open(afterSeconds: number): Promise<string> {
    const store = join(folder, 'commands.sqlite');
    const config = await bankConfig({ coreUrl: core.url, store, afterSeconds, leaseSeconds: 15 });
    const facade = await createFacade({ config, configDir: folder });
    facades.push(facade);
    return `http://127.0.0.1:${(await facade.listen(0, '127.0.0.1')).port}`;
  }

  const post = (url: string, path: string, key: string, body: unknown): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
  const transfer = (url: string, key: string): Promise<Response> =>
    post(url, '/v1/transfers', key, { payment });
  /** The next call of a kind has this fate, all others pass. */
  const once = (fate: Fate, isMeant: (action: string) => boolean): void => {
    let isDue = true;
    core.fateOf = (action) => {
      if (!isDue || !isMeant(action)) return 'pass';
      isDue = false;
      return fate;
    };
  };

  it('is settled by the query: the answer is made from it, and given again', async () => {
    const url = await open(3600);
    const key = randomUUID();
    once('lose', isTransfer);
    assert.equal((await transfer(url, key)).status, 502);
    const settled = await transfer(url, key);
    assert.deepEqual([settled.status, settled.headers.get('idempotency-replayed')], [201, 'true']);
    const text = await settled.text();
    assert.equal(await (await transfer(url, key)).text(), text);
    assert.equal(
      (JSON.parse(text) as { transfer: { transferId: string } }).transfer.transferId,
      'trf-00000001',
    );
    assert.equal(state.transfers.size, 1);
  });

  it('is settled by the query after a timeout, too', async () => {
    const url = await open(3600);
    const key = randomUUID();
    once('hold', isTransfer);
    assert.equal((await transfer(url, key)).status, 504);
    assert.equal((await transfer(url, key)).status, 201);
    assert.equal(state.transfers.size, 1);
  });

  it('is not sent again as long as it may still be on its way, even if the query finds nothing', async () => {
    const url = await open(3600);
    const key = randomUUID();
    once('refuse', isTransfer);
    assert.equal((await transfer(url, key)).status, 502);
    const waiting = await transfer(url, key);
    assert.equal(waiting.status, 409);
    const wait = Number(waiting.headers.get('retry-after'));
    assert.ok(wait > 3500 && wait <= 3600, String(wait));
    assert.equal(((await waiting.json()) as { code: string }).code, 'outcome-unknown');
    assert.equal(state.transfers.size, 0);
  });

  it('is sent once more when the query finds nothing and its time is over', async () => {
    const url = await open(0);
    const key = randomUUID();
    once('refuse', isTransfer);
    assert.equal((await transfer(url, key)).status, 502);
    const many = await Promise.all(Array.from({ length: 20 }, () => transfer(url, key)));
    assert.deepEqual([...new Set(many.map(({ status }) => status))].sort(), [201, 409]);
    assert.equal((await transfer(url, key)).headers.get('idempotency-replayed'), 'true');
    assert.equal(state.transfers.size, 1);
  });

  it('stays unknown while the query fails', async () => {
    const url = await open(0);
    const key = randomUUID();
    core.fateOf = (action) => (isTransfer(action) ? 'lose' : 'refuse');
    await transfer(url, key);
    const unsettled = await transfer(url, key);
    assert.deepEqual([unsettled.status, unsettled.headers.get('retry-after')], [409, '5']);
    core.fateOf = () => 'pass';
    assert.equal((await transfer(url, key)).status, 201);
    assert.equal(state.transfers.size, 1);
  });

  it('is simply sent again where the service does a thing once by the key', async () => {
    const url = await open(3600);
    const key = randomUUID();
    await transfer(url, randomUUID());
    const notify = (): Promise<Response> =>
      post(url, '/v1/transfers/trf-00000001/notices', key, { email: 'ben@mail.example' });
    once('lose', (action) => action.includes('Notify'));
    assert.equal((await notify()).status, 502);
    assert.equal((await notify()).status, 202);
    assert.equal((await notify()).headers.get('idempotency-replayed'), 'true');
    assert.equal(mock.calls.filter(({ operation }) => operation?.includes('Notify')).length, 2);
    assert.equal(state.notices.size, 1);
  });

  it('is settled after kill -9 between the SOAP call and its answer, once the lease is over', async () => {
    const store = join(folder, 'commands.sqlite');
    const settings = { coreUrl: core.url, store, afterSeconds: 3600, leaseSeconds: 1 };
    const [first, second] = await Promise.all([runFacade(folder, settings), runFacade(folder, settings)]);
    facades.push(first, second);
    const carriedOut = new Promise<void>((resolve) => {
      core.onAnswered = () => {
        resolve();
      };
    });
    once('hold', isTransfer);
    const key = randomUUID();
    const lost = assert.rejects(transfer(first.url, key));
    await carriedOut;
    const early = await transfer(second.url, key);
    assert.equal(((await early.json()) as { code: string }).code, 'request-in-progress');
    await first.kill();
    await lost;
    let settled = await transfer(second.url, key);
    while (settled.status === 409) settled = await transfer(second.url, key);
    assert.deepEqual([settled.status, settled.headers.get('idempotency-replayed')], [201, 'true']);
    assert.equal(state.transfers.size, 1);
    assert.equal(state.accounts.get('acc-1001')!.transactions.at(-1)!.amount, -10_005n);
  });
});
