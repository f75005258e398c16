import assert from 'node:assert/strict';
import { accountAnswer } from '../../bank-wsdl.ts';
import { startBank, type Bank } from '../../bank.ts';

describe('the cache of reads', () => {
  let bank: Bank;
  // Ahead, so that no token is issued in its future.
  let now = 0;
  before(async () => {
    now = Date.now() + 60_000;
    bank = await startBank({ options: { clock: () => now } });
  });
  after(() => bank.close());

  it('keeps an answer for its time, with its age, and asks anew afterwards', async () => {
    const first = await bank.call('/v1/cached/1');
    assert.equal(first.headers.get('cache-control'), 'private, max-age=60');
    assert.equal(first.headers.get('vary'), 'Accept-Encoding, Authorization');
    assert.match(first.headers.get('etag') ?? '', /^"[\w-]{43}"$/);
    now += 20_000;
    const second = await bank.call('/v1/cached/1');
    assert.equal(second.headers.get('age'), '20');
    assert.equal(await second.text(), await first.text());
    assert.equal(bank.calls.length, 1);
    now += 40_000;
    await bank.call('/v1/cached/1');
    assert.equal(bank.calls.length, 2);
  });

  it('answers 304 to who has the answer, and 200 to who has another', async () => {
    const etag = (await bank.call('/v1/cached/2')).headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const response = await bank.call('/v1/cached/2', { headers: { 'If-None-Match': tag } });
      assert.equal(response.status, 304, tag);
      assert.equal(response.headers.get('etag'), etag);
      assert.equal(await response.text(), '');
    }
    assert.equal((await bank.call('/v1/cached/2', { headers: { 'If-None-Match': '"x"' } })).status, 200);
    bank.answer = () => ({ body: accountAnswer.replace('33.00', '34.00') });
    const changed = await bank.call('/v1/cached/2', {
      headers: { 'If-None-Match': etag, 'Cache-Control': 'no-cache' },
    });
    assert.equal(changed.status, 200);
    assert.notEqual(changed.headers.get('etag'), etag);
  });

  it('is of one principal, one input and one set of claims', async () => {
    const before = bank.calls.length;
    await bank.call('/v1/cached/3');
    await bank.call('/v1/cached/3?limit=1');
    const other = await bank.token(['accounts:read'], { customer: 'bert' });
    await bank.call('/v1/cached/3', { headers: { Authorization: `Bearer ${other}` } });
    assert.equal(bank.calls.length, before + 3);
    assert.match(bank.calls.at(-1)?.envelope ?? '', /CustomerId>bert</);
  });

  it('is not for who has no token or lacks the scope', async () => {
    await bank.call('/v1/cached/4');
    assert.equal((await bank.call('/v1/cached/4', { headers: { Authorization: '' } })).status, 401);
    const weak = await bank.token([]);
    assert.equal(
      (await bank.call('/v1/cached/4', { headers: { Authorization: `Bearer ${weak}` } })).status,
      403,
    );
  });

  it('keeps no errors', async () => {
    bank.answer = () => ({ status: 500, type: 'text/html', body: '<html>' });
    assert.equal((await bank.call('/v1/cached/5')).status, 502);
    bank.answer = () => ({ body: accountAnswer });
    assert.equal((await bank.call('/v1/cached/5')).status, 200);
  });

  it('holds as many bytes as the configuration says, and no answer that is large beside that', async () => {
    const small = await startBank({ yaml: 'cache: { bytes: 65536 }' });
    const callsFor = async (idLength: number): Promise<number> => {
      small.calls.length = 0;
      small.answer = () => ({
        body: accountAnswer.replace(/(AccountId>)[^<]*/, `$1${'x'.repeat(idLength)}`),
      });
      for (let i = 0; i < 2; i++) assert.equal((await small.call(`/v1/cached/${idLength}`)).status, 200);
      return small.calls.length;
    };
    assert.equal(await callsFor(100), 1);
    assert.equal(await callsFor(9000), 2);
    await small.close();
  });
});
