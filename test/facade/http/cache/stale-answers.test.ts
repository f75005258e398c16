import assert from 'node:assert/strict';
import { createDevelopmentToken } from '../../../../facade/index.ts';
import { accountAnswer } from '../../bank-wsdl.ts';
import { problemOf, startBank, type Bank, type CoreAnswer } from '../../bank.ts';

const cached = (name: string, cache: string): string =>
  `{ operation: GetAccount, method: GET, path: "/v1/${name}/{accountId}", operationId: ${name}, scopes: [accounts:read], input: { customerId: { const: "anna" } }, cache: ${cache} }`;
const ROUTES = [
  cached('kept', '{ ttlSeconds: 10, staleWhileRevalidateSeconds: 20, staleIfErrorSeconds: 100 }'),
  cached('once', '{ ttlSeconds: 10 }'),
  cached('shared', '{ ttlSeconds: 10, shared: true }'),
];

const broken: CoreAnswer = () => ({ status: 500, type: 'text/html', body: '<html>' });
const saying =
  (balance: string): CoreAnswer =>
  () => ({ body: accountAnswer.replace('33.00', balance) });
const balanceOf = async (response: Response): Promise<string> => {
  assert.equal(response.status, 200);
  return /\d+\.00/.exec(await response.text())?.[0] ?? '';
};
const statusOf = (response: Response): string => response.headers.get('cache-status') ?? '';

describe('kept answers', () => {
  let bank: Bank;
  let now = 0;
  let accounts = 0;
  const newPath = (route: string): string => `/v1/${route}/${(accounts += 1)}`;

  before(async () => {
    now = Date.now() + 60_000;
    bank = await startBank({
      yaml: 'rateLimit: { requests: 1000000 }',
      routes: ROUTES,
      policies: ['retry: { most: 0 }'],
      options: { clock: () => now },
    });
  });
  beforeEach(() => {
    bank.answer = saying('1.00');
    bank.calls.length = 0;
  });
  after(() => bank.close());

  it('say how they came about', async () => {
    const path = newPath('kept');
    assert.equal(statusOf(await bank.call(path)), 'portico; fwd=miss; stored');
    now += 4000;
    assert.equal(statusOf(await bank.call(path)), 'portico; hit; ttl=6');
    const reload = await bank.call(path, { headers: { 'Cache-Control': 'no-cache' } });
    assert.equal(statusOf(reload), 'portico; fwd=request; stored');
    now += 200_000;
    assert.equal(statusOf(await bank.call(path)), 'portico; fwd=miss; stored');
  });

  it('are given while a new one is fetched, by one call, and then the new one', async () => {
    const path = newPath('kept');
    await bank.call(path);
    now += 15_000;
    const asked = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    bank.answer = async (call, response) => {
      asked.resolve(undefined);
      await goOn.promise;
      const answer = await saying('2.00')(call, response);
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(answer?.body);
      return undefined;
    };
    const stale = await Promise.all([bank.call(path), bank.call(path)]);
    for (const response of stale) {
      assert.equal(statusOf(response), 'portico; hit; ttl=-5; detail=stale-while-revalidate');
      assert.equal(await balanceOf(response), '1.00');
    }
    await asked.promise;
    goOn.resolve(undefined);
    let fresh = await bank.call(path);
    while (statusOf(fresh).includes('stale')) fresh = await bank.call(path);
    assert.equal(await balanceOf(fresh), '2.00');
    assert.equal(bank.calls.length, 2);
  });

  it('are given, marked, where no new one can be had, and the service is left alone for a while', async () => {
    const path = newPath('kept');
    await bank.call(path);
    now += 60_000;
    bank.answer = broken;
    for (let turn = 0; turn < 5; turn += 1) {
      const response = await bank.call(path);
      assert.equal(statusOf(response), 'portico; hit; ttl=-50; detail=stale-if-error');
      assert.equal(response.headers.get('age'), '60');
      assert.equal(await balanceOf(response), '1.00');
    }
    assert.equal(bank.calls.length, 2);
    now += 6000;
    bank.answer = saying('3.00');
    assert.equal(await balanceOf(await bank.call(path)), '3.00');
  });

  it('are not given for longer than may be, nor where the route does not say so', async () => {
    const [kept, once] = [newPath('kept'), newPath('once')];
    await bank.call(kept);
    await bank.call(once);
    bank.answer = broken;
    now += 11_000;
    assert.equal((await bank.call(once)).status, 502);
    now += 100_000;
    assert.equal((await problemOf(await bank.call(kept))).code, 'invalid-upstream-response');
  });

  it('are given in place of a fault inside the service, not of what the caller is to blame for', async () => {
    const path = newPath('kept');
    await bank.call(path);
    now += 40_000;
    const fault =
      (code: string): CoreAnswer =>
      () => ({
        status: 500,
        body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${code}</faultcode><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>`,
      });
    bank.answer = fault('Server');
    assert.match(statusOf(await bank.call(path)), /stale-if-error/);
    now += 6000;
    bank.answer = fault('Client');
    assert.equal((await bank.call(path)).status, 422);
    bank.answer = broken;
    assert.equal((await bank.call(path)).status, 502, 'it was the last word: the old answer is gone');
  });

  it('are fetched once for a thousand who ask at the same time', async () => {
    const path = newPath('kept');
    const { promise: all, resolve } = Promise.withResolvers<undefined>();
    bank.answer = async (call, response) => {
      await all;
      response
        .writeHead(200, { 'Content-Type': 'text/xml' })
        .end((await saying('4.00')(call, response))?.body);
      return undefined;
    };
    const Authorization = `Bearer ${await bank.token()}`;
    const answers = Array.from({ length: 1000 }, () => bank.call(path, { headers: { Authorization } }));
    // None has been answered; what the core is asked meanwhile shows below.
    setTimeout(() => {
      resolve(undefined);
    }, 500);
    const responses = await Promise.all(answers);
    const counts = Map.groupBy(responses, (response) => `${response.status} ${statusOf(response)}`);
    assert.equal(bank.calls.length, 1);
    assert.equal(counts.get('200 portico; fwd=miss; stored')?.length, 1);
    const others = responses.length - 1;
    assert.equal(
      (counts.get('200 portico; fwd=miss; stored; collapsed')?.length ?? 0) +
        (counts.get('200 portico; hit; ttl=10')?.length ?? 0),
      others,
    );
  }).timeout(60_000);

  it('are all the same failure to those who waited for one', async () => {
    const path = newPath('once');
    bank.answer = (_call, response) => void setTimeout(() => response.socket?.destroy(), 100);
    const responses = await Promise.all(Array.from({ length: 20 }, () => bank.call(path)));
    const codes = await Promise.all(responses.map(async (response) => (await problemOf(response)).code));
    assert.deepEqual([...new Set(codes)], ['upstream-cut-off']);
    const ids = new Set(responses.map((response) => response.headers.get('x-request-id')));
    assert.equal(ids.size, 20);
    assert.ok(bank.calls.length <= 2);
  });

  it('are waited for by each as long as it said, and not given up because the first one left', async () => {
    const path = newPath('once');
    const asked = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    bank.answer = async (call, response) => {
      asked.resolve(undefined);
      await goOn.promise;
      response
        .writeHead(200, { 'Content-Type': 'text/xml' })
        .end((await saying('5.00')(call, response))?.body);
      return undefined;
    };
    const impatient = bank.call(path, { headers: { Prefer: 'wait=1' } });
    await asked.promise;
    const patient = bank.call(path);
    assert.equal((await problemOf(await impatient)).code, 'upstream-timeout');
    goOn.resolve(undefined);
    assert.equal(await balanceOf(await patient), '5.00');
    assert.equal(bank.calls.length, 1);
  });

  it('are of one principal, unless they are shared', async () => {
    const tokenOf = (subject: string, scopes: string[]): Promise<string> =>
      createDevelopmentToken({ configDir: bank.folder, subject, scopes, claims: {} });
    const ask = async (path: string, subject: string, scopes = ['accounts:read']): Promise<Response> =>
      bank.call(path, { headers: { Authorization: `Bearer ${await tokenOf(subject, scopes)}` } });
    const [own, shared] = [newPath('once'), newPath('shared')];
    for (const path of [own, shared]) for (const subject of ['anna', 'berta']) await ask(path, subject);
    assert.equal(bank.calls.length, 3);
    assert.equal((await ask(shared, 'carla', [])).status, 403);
  });

  it('are compressed once, each form with a tag of its own', async () => {
    const path = newPath('kept');
    bank.answer = () => ({ body: accountAnswer.replace(/(AccountId>)[^<]*/, `$1${'x'.repeat(5000)}`) });
    const forms = new Map<string, string>();
    for (const coding of ['br', 'gzip', 'identity', 'br', 'gzip']) {
      const response = await bank.call(path, { headers: { 'Accept-Encoding': coding } });
      assert.equal(response.headers.get('content-encoding') ?? 'identity', coding);
      const etag = response.headers.get('etag') ?? '';
      assert.equal(forms.get(coding) ?? etag, etag);
      forms.set(coding, etag);
      assert.match(await response.text(), /x{5000}/);
      // Else fetch would ask for a reload.
      const known = await bank.call(path, {
        cache: 'force-cache',
        headers: { 'Accept-Encoding': coding, 'If-None-Match': etag },
      });
      assert.equal(known.status, 304);
    }
    assert.equal(new Set(forms.values()).size, 3);
    assert.equal(bank.calls.length, 1);
  });
});
