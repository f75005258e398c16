import assert from 'node:assert/strict';
import { maskJson, type Json } from '../../masking/index.ts';

describe('Masking JSON', () => {
  it('masks members that are marked, through lists', () => {
    const value = {
      payee: {
        name: 'Anna',
        rows: [
          { note: 'a', n: 1 },
          { note: 'b', n: 2 },
        ],
      },
      note: 'c',
    };
    assert.deepEqual(maskJson(value, [['payee', 'rows', 'note']]), {
      payee: {
        name: 'Anna',
        rows: [
          { note: '[masked]', n: 1 },
          { note: '[masked]', n: 2 },
        ],
      },
      note: 'c',
    });
  });

  it('masks a marked member as a whole, whatever it holds', () => {
    const value = { person: { name: 'Anna' }, list: [1, 2], flag: true, missing: null };
    assert.deepEqual(maskJson(value, [['person'], ['list'], ['flag'], ['missing']]), {
      person: '[masked]',
      list: '[masked]',
      flag: '[masked]',
      missing: null,
    });
  });

  it('masks what is called like a secret', () => {
    assert.deepEqual(maskJson({ userPassword: 'x', pin: 1234, access_token: 'y', opinion: 'z' }), {
      userPassword: '[masked]',
      pin: '[masked]',
      access_token: '[masked]',
      opinion: 'z',
    });
  });

  it('masks card numbers and accounts in texts, numbers and names', () => {
    const value = {
      a: ['card 4111 1111 1111 1111'],
      b: 4_111_111_111_111_111,
      c: 12.5,
      DE89370400440532013000: 1,
    };
    assert.deepEqual(maskJson(value), { a: ['card [masked]'], b: '[masked]', c: 12.5, '[masked]': 1 });
  });

  it('keeps a member called __proto__ as the data it is', () => {
    const masked = maskJson(JSON.parse('{"__proto__":{"a":1}}') as Json);
    assert.equal(JSON.stringify(masked), '{"__proto__":{"a":1}}');
  });

  it('does not exhaust the stack', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as Json;
    assert.match(JSON.stringify(maskJson(deep)), /\[masked\]/);
  });
});
