import assert from 'node:assert/strict';
import { openBank, type OpenBank } from '../../../examples/open-bank.ts';
import { sendRaw } from './raw-client.ts';

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'MOVE',
  'COPY',
  'LOCK',
  'PURGE',
  'QUERY',
  'LINK',
  'SUBSCRIBE',
  'SEARCH',
  'REPORT',
];

describe('verbs on every route of the bank', () => {
  let bank: OpenBank;
  let token: string;
  before(async () => {
    bank = await openBank();
    token = await bank.tokenFor('anna');
  });
  after(() => bank.close());

  it('that a path does not have are 405 with those that it has, and nothing is done', async () => {
    const paths = Object.entries(bank.facade.openApi.paths);
    const before = JSON.stringify(bank.state);
    let count = 0;
    for (const [template, operations] of paths) {
      const path = template.replaceAll(/\{[^}]+\}/g, 'x');
      const own = Object.keys(operations).map((method) => method.toUpperCase());
      const allowed = [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
      for (const method of METHODS.filter((one) => !allowed.includes(one))) {
        const [answer, ...others] = await sendRaw(
          bank,
          `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
        );
        const what = `${method} ${template}`;
        assert.equal(answer?.status, 405, what);
        assert.deepEqual(new Set(answer.headers.allow?.split(', ')), new Set(allowed), what);
        assert.equal(answer.headers['content-type'], 'application/problem+json');
        assert.doesNotMatch(answer.body, /Bearer|ey/, 'TRACE shows nothing of the request');
        assert.equal(others.length, 0);
        count += 1;
      }
    }
    assert.equal(JSON.stringify(bank.state), before);
    assert.ok(count >= paths.length * (METHODS.length - 4), `${count} attempts on ${paths.length} paths`);
    console.log(`      ${count} attempts on ${paths.length} paths`);
  });
});
