import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { scanJson } from '../../../facade/http/input/scan-json.ts';
import { parseBody } from '../../../facade/http/input/parse-body.ts';
import { survivesAsDouble } from '../../../wsdl/index.ts';

const faultsOf = (text: string): string[] =>
  scanJson(text, 64).faults.map(({ pointer, code }) => `${code} ${pointer}`);

describe('scanJson', () => {
  it('finds duplicate members wherever they are, however they are spelled', () => {
    assert.deepEqual(faultsOf('{"a":1,"b":{"c":[0,{"d":1,"d":2}]},"a":3}'), [
      'duplicate-member /b/c/1/d',
      'duplicate-member /a',
    ]);
    assert.deepEqual(faultsOf('{"a":1,"\\u0061":2}'), ['duplicate-member /a']);
    assert.deepEqual(faultsOf('{"a/b~":1,"a/b~":2}'), ['duplicate-member /a~1b~0']);
    assert.deepEqual(faultsOf('{"":1,"":2}'), ['duplicate-member /']);
    assert.deepEqual(faultsOf('{"__proto__":1,"__proto__":2}'), ['duplicate-member /__proto__']);
  });

  it('does not mistake the inside of strings for syntax', () => {
    assert.deepEqual(faultsOf('{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\\\","c":"]}"}'), []);
    assert.deepEqual(faultsOf('["a","a",{"a":"a"},{"a":"a"}]'), []);
  });

  it('finds numbers that a double would round', () => {
    assert.deepEqual(
      faultsOf('{"a":9007199254740993,"b":[1.5,0.1000000000000000055,1e400],"c":true,"d":-1.50e+3}'),
      ['lexical /a', 'lexical /b/1', 'lexical /b/2'],
    );
    for (const exact of [
      '0',
      '-0',
      '0.1',
      '0.30000000000000004',
      '9007199254740992',
      '1e22',
      '123456789012345',
      '100000000000000000000',
      '1.7976931348623157e308',
      '5e-324',
      '4.9E-324',
    ])
      assert.ok(survivesAsDouble(exact), exact);
    for (const rounded of [
      '9007199254740993',
      '0.12345678901234567891',
      '1e-400',
      '1.23456e-320',
      '1e309',
      '3.14159265358979323846',
    ])
      assert.ok(!survivesAsDouble(rounded), rounded);
  });

  it('stops at the depth, and survives a million brackets', () => {
    assert.equal(scanJson('[[1]]', 2).isTooDeep, false);
    assert.equal(scanJson('[[[1]]]', 2).isTooDeep, true);
    assert.equal(scanJson('['.repeat(1_000_000), 64).isTooDeep, true);
  });

  it('does not let a text make pointers many times its own size', () => {
    const text = `{"${'x'.repeat(100_000)}":[${Array(20_000).fill('{"a":1,"a":1}').join()}]}`;
    const { faults } = scanJson(text, 64);
    assert.equal(faults.length, 100);
    assert.ok(faults.every(({ pointer }) => pointer.length < 300));
  });

  it('finds nothing in what JSON.stringify writes, and parses it to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(faultsOf(text), []);
        assert.deepEqual(parseBody(Buffer.from(text), 64).value, JSON.parse(text));
      }),
    );
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0a-1eE.t '.split('')) }),
        (text) => void scanJson(text, 64),
      ),
    );
  });
});

describe('parseBody', () => {
  it('tells where JSON breaks without quoting it', () => {
    for (const text of ['{"pin": 987', '{"pin": 98x7}', '', '[1,]', "{'pin':98}", '\ufeff\ufeff{}']) {
      assert.throws(
        () => parseBody(Buffer.from(text), 64),
        (error: { problem?: { code: string; detail: string } }) => {
          assert.equal(error.problem?.code, 'malformed-json');
          assert.doesNotMatch(error.problem.detail, /pin|98/);
          return true;
        },
      );
    }
  });

  it('refuses what is not UTF-8', () => {
    assert.throws(() => parseBody(Buffer.from([0x22, 0xff, 0x22]), 64), /malformed-json/);
  });

  it('keeps __proto__ an ordinary member', () => {
    const { value } = parseBody(Buffer.from('{"__proto__":{"isAdmin":true}}'), 64);
    assert.deepEqual(Object.keys(value as object), ['__proto__']);
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
  });
});
