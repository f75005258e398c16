import assert from 'node:assert/strict';
import { hasMember, setMember, toPointer } from '../../../facade/operations/member.ts';
import type { JsonValue } from '../../../wsdl/index.ts';

describe('members of the input', () => {
  it('are set along their path, beside what is there', () => {
    const value: JsonValue = { page: { cursor: 'c' } };
    setMember(value, ['page', 'limit'], 5);
    setMember(value, ['@header', 'requestHeader', 'channel'], 'WEB');
    assert.deepEqual(value, {
      page: { cursor: 'c', limit: 5 },
      '@header': { requestHeader: { channel: 'WEB' } },
    });
    assert.ok(hasMember(value, ['page', 'limit']));
    assert.ok(!hasMember(value, ['page', 'limit', 'x']));
    assert.ok(!hasMember(value, ['toString']));
  });

  it('leave alone what is no object', () => {
    for (const page of ['text', null, [1]]) {
      const value: JsonValue = { page };
      setMember(value, ['page', 'limit'], 5);
      assert.deepEqual(value, { page });
    }
  });

  it('touch no prototype, whatever their name', () => {
    const value: JsonValue = {};
    setMember(value, ['__proto__', 'isAdmin'], true);
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
    assert.equal(JSON.stringify(value), '{"__proto__":{"isAdmin":true}}');
  });

  it('have pointers as RFC 6901 writes them', () => {
    assert.equal(toPointer(['a/b', 'c~d', '0']), '/a~1b/c~0d/0');
    assert.equal(toPointer([]), '');
  });
});
