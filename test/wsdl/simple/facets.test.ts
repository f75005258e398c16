import assert from 'node:assert/strict';

import { compileSimpleType } from '../../../wsdl/codec/simple/compile-simple-type.ts';
import { SimpleFault } from '../../../wsdl/codec/simple/simple-codec.ts';
import type { JsonValue, SimpleType } from '../../../wsdl/index.ts';
import { atomic, key, simple } from '../encode/contracts.ts';
import { builtin, contractWith, toJson, toXml } from './simple-codecs.ts';

function check(type: SimpleType, text: string): string {
  return toJson(type.key, text, contractWith([type]));
}

function checkValue(type: SimpleType, value: JsonValue): string {
  return toXml(type.key, value, contractWith([type]));
}

describe('facets', () => {
  it('count characters by code point', () => {
    const type = atomic('T', 'string', { maxLength: 2, minLength: 2, whiteSpace: 'preserve' });
    assert.equal(check(type, '😀é'), '"😀é"');
    assert.equal(check(type, '😀'), '!length');
    assert.equal(checkValue(type, '😀😀😀'), '!length');
  });

  it('count the octets of binary values', () => {
    const base64 = atomic('T', 'base64Binary', { length: 2 });
    assert.equal(check(base64, 'AQI='), '"AQI="');
    assert.equal(check(base64, 'AQID'), '!length');
    const hex = atomic('T', 'hexBinary', { maxLength: 1 });
    assert.equal(check(hex, 'FF'), '"/w=="');
    assert.equal(checkValue(hex, '/wA='), '!length');
  });

  it('count the items of lists', () => {
    const type = simple('T', {
      variety: { kind: 'list', itemType: builtin('int') },
      facets: { whiteSpace: 'collapse', maxLength: 2 },
    });
    assert.equal(check(type, ' 1  2 '), '[1,2]');
    assert.equal(check(type, '1 2 3'), '!length');
    assert.equal(check(type, ''), '[]');
    assert.equal(check(type, '1 x'), '!lexical at 1');
    assert.equal(checkValue(type, [1, 2]), '1 2');
  });

  it('count digits of the value, not of its lexical form', () => {
    const type = atomic('T', 'decimal', { totalDigits: 4, fractionDigits: 2 });
    for (const text of ['12.34', '0012.3400', '.12', '0', '-9999', '0.00'])
      assert.equal(check(type, text), JSON.stringify(text));
    for (const text of ['123.45', '1.234', '12345', '.001']) assert.equal(check(type, text), '!digits');
  });

  it('compare decimals of any size exactly', () => {
    const type = atomic('T', 'decimal', { minInclusive: '-0.10', maxExclusive: '99999999999999999999.01' });
    assert.equal(
      check(type, '99999999999999999999.00999999999999999999999999'),
      '"99999999999999999999.00999999999999999999999999"',
    );
    assert.equal(check(type, '99999999999999999999.010'), '!range');
    assert.equal(check(type, '-0.1000'), '"-0.1000"');
    assert.equal(check(type, '-0.10000000000000000000000000001'), '!range');
    assert.equal(check(type, '-100'), '!range');
  });

  it('compare floats with infinities, and let NaN fit no bound', () => {
    const type = atomic('T', 'double', { minExclusive: '0', maxInclusive: 'INF' });
    assert.equal(check(type, 'INF'), '"INF"');
    assert.equal(check(type, '0'), '!range');
    assert.equal(check(type, 'NaN'), '!range');
  });

  it('compare dates and times by value, zones included', () => {
    const type = atomic('T', 'dateTime', {
      minInclusive: '2026-01-01T00:00:00Z',
      maxExclusive: '2027-01-01T00:00:00Z',
    });
    assert.equal(check(type, '2026-01-01T01:00:00+01:00'), '"2026-01-01T01:00:00+01:00"');
    assert.equal(check(type, '2026-01-01T00:59:59.999+01:00'), '!range');
    assert.equal(check(type, '2026-12-31T24:00:00Z'), '!range');
    assert.equal(check(type, '2026-06-01T00:00:00'), '"2026-06-01T00:00:00"');
    assert.equal(
      check(type, '2026-01-01T05:00:00'),
      '!range',
      'without a zone it may be either side of the bound',
    );
  });

  it('compare years beyond four digits and before the common era', () => {
    const type = atomic('T', 'date', { minInclusive: '-0044-03-15', maxInclusive: '12000-01-01' });
    assert.equal(check(type, '-0045-12-31'), '!range');
    assert.equal(check(type, '-0044-03-15'), '"-0044-03-15"');
    assert.equal(check(type, '12000-01-02'), '!range');
  });

  it('compare durations where their order is certain', () => {
    const type = atomic('T', 'duration', { maxInclusive: 'P1M', minExclusive: 'PT0S' });
    assert.equal(check(type, 'P27D'), '"P27D"');
    assert.equal(check(type, 'P28D'), '!range', 'February may be as long');
    assert.equal(check(type, '-PT1S'), '!range');
  });

  it('compare enumerated numbers by value and everything else as strings', () => {
    const amount = atomic('T', 'decimal', { enumeration: ['1.0', '2.50'] });
    assert.equal(check(amount, '1.00'), '"1.00"');
    assert.equal(check(amount, '02.5'), '"02.5"');
    assert.equal(check(amount, '2'), '!enumeration');
    const word = atomic('T', 'string', { enumeration: ['A', 'b c'], whiteSpace: 'preserve' });
    assert.equal(check(word, 'A'), '"A"');
    assert.equal(check(word, 'a'), '!enumeration');
    assert.equal(check(word, ' A'), '!enumeration');
    const token = atomic('T', 'token', { enumeration: ['b c'] });
    assert.equal(check(token, ' b  c '), '"b c"');
    const double = atomic('T', 'double', { enumeration: ['1e2', 'NaN'] });
    assert.equal(check(double, '100'), '100');
    assert.equal(check(double, 'NaN'), '"NaN"');
  });

  it('compare enumerated qualified names by namespace, whatever the prefix', () => {
    const type = atomic('T', 'QName', { enumeration: ['{urn:example}a'] });
    assert.equal(check(type, 't:a'), '"{urn:example}a"');
    assert.equal(check(type, 'd:a'), '!enumeration');
    assert.equal(checkValue(type, '{urn:example}a'), 't:a');
  });

  it('need one of the patterns of each derivation step', () => {
    const type = atomic('T', 'string', { patterns: [['[A-Z]+', '[0-9]+'], ['.{3}']] });
    assert.equal(check(type, 'ABC'), '"ABC"');
    assert.equal(check(type, '123'), '"123"');
    assert.equal(check(type, 'AB1'), '!pattern');
    assert.equal(check(type, 'ABCD'), '!pattern');
  });

  it('say that a text is too long for its pattern rather than that it does not match', () => {
    const type = atomic('T', 'string', { patterns: [['(a+)+b']] });
    const codec = compileSimpleType(contractWith([type]), type.key);
    const fault = codec.toXml(`${'a'.repeat(2_500_000)}b`, () => '');
    assert.ok(fault instanceof SimpleFault);
    assert.match(fault.message, /^is too long for its pattern: .* steps \(the pattern \(a\+\)\+b\)$/);
  });

  it('let nothing pass a pattern that XML Schema does not have, and say why', () => {
    const type = atomic('T', 'string', { patterns: [['(?i)a']] });
    const fault = compileSimpleType(contractWith([type]), type.key).fromXml('a', () => undefined);
    assert.ok(fault instanceof SimpleFault);
    assert.match(fault.message, /not valid in XML Schema: it has "\(\?"/);
  });

  it('hold for the built-in type even where the contract does not repeat them', () => {
    assert.equal(check(atomic('T', 'short', { minInclusive: '0' }), '40000'), '!range');
    assert.equal(check(atomic('T', 'positiveInteger', {}), '0'), '!range');
  });

  it('never quote the value in a message', () => {
    const secret = '4111111111111111';
    const types = [
      atomic('T', 'string', { enumeration: ['A'], maxLength: 3 }),
      atomic('T', 'string', { patterns: [['[A-Z]+']] }),
      atomic('T', 'int', {}),
      atomic('T', 'date', {}),
    ];
    for (const type of types) {
      const fault = compileSimpleType(contractWith([type]), type.key).fromXml(secret, () => undefined);
      assert.ok(fault instanceof SimpleFault && !fault.message.includes(secret));
    }
  });
});

describe('a union', () => {
  const code = atomic('Code', 'string', { enumeration: ['auto'] });
  const union: SimpleType = simple('U', {
    variety: { kind: 'union', memberTypes: [builtin('int'), code.key] },
    facets: { whiteSpace: 'collapse' },
  });
  const contract = contractWith([union, code]);

  it('is read and written as the first member type that fits', () => {
    assert.equal(toJson(key('U'), '5', contract), '5');
    assert.equal(toJson(key('U'), 'auto', contract), '"auto"');
    assert.equal(toXml(key('U'), 5, contract), '5');
    assert.equal(toXml(key('U'), 'auto', contract), 'auto');
  });

  it('is refused where no member type fits', () => {
    assert.equal(toJson(key('U'), 'manual', contract), '!lexical');
    assert.equal(toXml(key('U'), 'manual', contract), '!enumeration');
    assert.equal(toXml(key('U'), true, contract), '!type');
  });

  it('keeps its own enumeration', () => {
    const restricted: SimpleType = {
      ...union,
      facets: { whiteSpace: 'collapse', enumeration: ['1', 'auto'] },
    };
    const its = contractWith([restricted, code]);
    assert.equal(toJson(key('U'), ' 1 ', its), '1');
    assert.equal(toJson(key('U'), '2', its), '!enumeration');
  });
});
