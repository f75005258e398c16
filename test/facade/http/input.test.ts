import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { problemOf, startBank, type Bank, type ProblemBody } from '../bank.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };

/** `place code` of each fault, sorted. */
function placesOf(problem: ProblemBody): string[] {
  return (problem.errors ?? [])
    .map(({ pointer, parameter, in: place, code }) => `${pointer ?? `${place} ${parameter}`} ${code}`)
    .sort();
}

describe('the input of an operation', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({
      yaml: 'server: { bodyBytes: 2000, jsonDepth: 8 }\nrateLimit: { requests: 10000 }',
    });
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.calls.length = 0;
  });

  const refused = async (
    response: Response | Promise<Response>,
    status: number,
    code: string,
  ): Promise<ProblemBody> => {
    const problem = await problemOf(await response);
    assert.deepEqual([problem.status, problem.code], [status, code]);
    assert.equal(bank.calls.length, 0, 'nothing reaches the core');
    return problem;
  };

  it('goes to the core as XML, amounts digit by digit, constants and claims included', async () => {
    const response = await bank.post('/v1/transfers', { ...transfer, options: { note: 'rent & <more>' } });
    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), { transferId: 't-1' });
    const [call] = bank.calls;
    assert.match(call?.action ?? '', /urn:bank\/Transfer/);
    for (const part of [
      /Amount>10\.005</,
      /CustomerId>anna</,
      /Channel>WEB</,
      /Note>rent &amp; &lt;more>|Note>rent &amp; &lt;more&gt;</,
    ])
      assert.match(call?.envelope ?? '', part);
  });

  it('is refused with one problem that names every fault', async () => {
    const problem = await refused(
      bank.post('/v1/transfers', { from: '4711', currency: 'USD', nope: 1 }),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(problem), [
      '/amount required',
      '/currency enumeration',
      '/nope unknown-member',
    ]);
  });

  it('names parameters by their names, together with the faults of the body', async () => {
    const problem = await refused(
      bank.post('/v1/accounts/4711/transfers?currency=USD&colour=red', { nope: 1 }, { 'X-Rate': 'high' }),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(problem), [
      '/amount required',
      '/nope unknown-member',
      'header x-rate type',
      'query colour unknown-member',
      'query currency enumeration',
    ]);
  });

  it('takes numbers, booleans and lists from parameters, and says which do not fit', async () => {
    assert.equal(
      (await bank.call('/v1/accounts/4711?limit=5&closed=false&currency=EUR&currency=GBP')).status,
      200,
    );
    assert.match(bank.calls[0]?.envelope ?? '', /Limit>5<.*Closed>false<.*Currency>EUR<.*Currency>GBP</s);
    bank.calls.length = 0;
    const problem = await refused(
      bank.call('/v1/accounts/4711?limit=0x5&closed=yes&currency=EUR&currency=XXX&limits=1'),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(problem), [
      'query closed type',
      'query currency enumeration',
      'query limit type',
      'query limits unknown-member',
    ]);
    assert.match(
      problem.errors?.find(({ parameter }) => parameter === 'limits')?.detail ?? '',
      /Did you mean "limit"/,
    );
    for (const limit of ['1e1', '10.0', '+1', '1.', '0x1', '01', '%201', '1+', '', 'NaN', '%D9%A1'])
      await refused(bank.call(`/v1/accounts/4711?limit=${limit}`), 400, 'invalid-input');
    for (const query of ['limit=%', 'limit=%zz', 'limit=1&a=%ff', '%c0%ae=1', 'limit=%ed%a0%80', 'a=%2'])
      await refused(bank.call(`/v1/accounts/4711?${query}`), 400, 'malformed-request');
    const twice = await refused(bank.call('/v1/accounts/4711?limit=1&limit=2'), 400, 'invalid-input');
    assert.deepEqual(placesOf(twice), ['query limit duplicate-member']);
    const long = await refused(bank.call('/v1/accounts/4711?limit=9007199254740993'), 400, 'invalid-input');
    assert.deepEqual(placesOf(long), ['query limit type']);
  });

  it('is offered only the members that a body may have', async () => {
    const detailOf = async (path: string, body: unknown, pointer: string): Promise<string | undefined> => {
      const problem = await refused(bank.post(path, body), 400, 'invalid-input');
      return problem.errors?.find((error) => error.pointer === pointer)?.detail;
    };
    assert.equal(
      await detailOf('/v1/accounts/4711/transfers?currency=EUR', { amount: '1', nope: 1 }, '/nope'),
      'is not a member here; the body has "amount", "options"',
    );
    assert.equal(
      await detailOf('/v1/transfers', { ...transfer, options: { nope: 1 } }, '/options/nope'),
      'is not a member here; the body has "note"',
    );
  });

  it('decodes path parameters once', async () => {
    assert.equal((await bank.call('/v1/accounts/a%2Fb%2520c')).status, 200);
    assert.match(bank.calls[0]?.envelope ?? '', /AccountId>a\/b%20c</);
    bank.calls.length = 0;
    await refused(bank.call('/v1/accounts/%ff'), 400, 'malformed-request');
  });

  it('cannot overrule the token, a constant or a parameter from the body', async () => {
    const own = await refused(
      bank.post('/v1/transfers', { ...transfer, customerId: 'bert', options: { channel: 'BRANCH' } }),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(own), ['/customerId unknown-member', '/options/channel unknown-member']);
    const path = await refused(
      bank.post('/v1/accounts/4711/transfers?currency=EUR', { amount: '1', from: '4712' }),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(path), ['/from unknown-member']);
    await refused(bank.call('/v1/accounts/4711?customerId=bert'), 400, 'invalid-input');
  });

  it('must not have duplicate members, rounded numbers or __proto__', async () => {
    const duplicate = await refused(
      bank.post('/v1/transfers', '{"from":"1","amount":"1","am\\u006funt":"2","currency":"EUR"}'),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(duplicate), ['/amount duplicate-member']);
    const rounded = await refused(
      bank.post('/v1/transfers', '{"from":"1","amount":"1","currency":"EUR","rate":0.12345678901234567891}'),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(rounded), ['/rate lexical']);
    const tooLarge = await refused(
      bank.post('/v1/transfers', '{"from":"1","amount":"1","currency":"EUR","rate":1e400}'),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(tooLarge), ['/rate lexical']);
    const proto = await refused(
      bank.post(
        '/v1/transfers',
        '{"__proto__":{"from":"1","amount":"1"},"currency":"EUR","constructor":{"prototype":{"a":1}}}',
      ),
      400,
      'invalid-input',
    );
    assert.deepEqual(placesOf(proto), [
      '/__proto__ unknown-member',
      '/amount required',
      '/constructor unknown-member',
      '/from required',
    ]);
    assert.equal(({} as { amount?: string }).amount, undefined);
  });

  it('must be JSON of an object, not too deep', async () => {
    const broken = await refused(bank.post('/v1/transfers', '{"amount": 12345678'), 400, 'malformed-json');
    assert.doesNotMatch(broken.detail ?? '', /1234/);
    await refused(bank.post('/v1/transfers', '['.repeat(1500)), 400, 'malformed-json');
    for (const body of ['[]', '"x"', '1', 'true'])
      assert.deepEqual(placesOf(await refused(bank.post('/v1/transfers', body), 400, 'invalid-input')), [
        ' type',
      ]);
    await refused(bank.post('/v1/transfers', 'null'), 400, 'invalid-input');
    await refused(bank.post('/v1/transfers', { ...transfer, options: 'none' }), 400, 'invalid-input');
  });

  it('stands for an empty object where there is no body', async () => {
    const problem = await refused(bank.call('/v1/transfers', { method: 'POST' }), 400, 'invalid-input');
    assert.deepEqual(placesOf(problem), ['/amount required', '/currency required', '/from required']);
  });

  it('must be application/json in UTF-8 without an encoding', async () => {
    for (const headers of [
      { 'Content-Type': 'text/plain' },
      { 'Content-Type': 'application/json; charset=utf-16' },
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      { 'Content-Encoding': 'gzip' },
    ]) {
      const response = await bank.post('/v1/transfers', transfer, headers);
      assert.equal(response.headers.get('accept'), 'application/json');
      await refused(response, 415, 'unsupported-media-type');
    }
    assert.equal(
      (await bank.post('/v1/transfers', transfer, { 'Content-Type': 'Application/JSON; Charset="UTF-8"' }))
        .status,
      201,
    );
  });

  it('must not be larger than server.bodyBytes, said or not', async () => {
    const large = JSON.stringify({ ...transfer, from: 'x'.repeat(3000) });
    await refused(bank.post('/v1/transfers', large), 413, 'body-too-large');
    const stream = new Blob([large]).stream();
    const init = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'Content-Type': 'application/json' },
    };
    await refused(bank.call('/v1/transfers', init as never), 413, 'body-too-large');
  });

  it('has nothing to say where the answer would not be acceptable', async () => {
    for (const accept of [
      'text/html',
      'application/xml, text/*',
      'application/json;q=0, text/html',
      '*/*;q=0',
    ]) {
      await refused(bank.call('/v1/accounts/4711', { headers: { Accept: accept } }), 406, 'not-acceptable');
    }
    for (const accept of [
      'application/json',
      '*/*',
      'application/*;q=0.5',
      'text/html, application/json;q=0.1',
      'text/html;q=0, */*',
    ]) {
      assert.equal(
        (await bank.call('/v1/accounts/4711', { headers: { Accept: accept } })).status,
        200,
        accept,
      );
    }
  });
});

describe('a body that does not come', () => {
  it('is answered with 408 within requestTimeoutSeconds, and one that is cut off does no harm', async () => {
    const bank = await startBank({ yaml: 'server: { requestTimeoutSeconds: 1 }' });
    try {
      const { port } = new URL(bank.url);
      const head = `POST /v1/transfers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await bank.token()}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
      const cut = connect(Number(port), '127.0.0.1');
      cut.write(head);
      await once(cut, 'ready');
      cut.destroy();
      const slow = connect(Number(port), '127.0.0.1');
      slow.write(head);
      const answer = await text(slow);
      assert.match(answer, /^HTTP\/1\.1 408 /);
      assert.match(answer, /"code":"request-timeout"/);
      assert.equal(bank.calls.length, 0);
    } finally {
      await bank.close();
    }
  });
});
