import assert from 'node:assert/strict';

import type { AttributeUse, AttributeWildcard, ComplexType, JsonValue } from '../../../wsdl/index.ts';
import { ANY_TYPE } from '../../../wsdl/index.ts';
import { NS, complex, element, group, key, runContract, sequence, xs } from './contracts.ts';
import { encodeBody, encodeEnvelope, encodeRun, faultsOf, fullFaultsOf } from './encoding.ts';

function attribute(local: string, type: string, more: Partial<AttributeUse> = {}): AttributeUse {
  return { name: { namespace: '', local }, jsonName: local, type, required: false, ...more };
}

const wildcard: AttributeWildcard = {
  jsonName: '@anyAttribute',
  namespaces: { kind: 'not', uri: NS },
  processContents: 'lax',
};

describe('encoding attributes', () => {
  const contract = runContract(sequence(element('A', xs('string'), { min: 0 })), [], {
    attributes: [
      attribute('id', xs('int'), { required: true }),
      attribute('note', xs('string')),
      attribute('q', xs('QName'), { name: { namespace: NS, local: 'q' } }),
      attribute('kind', xs('QName')),
      attribute('version', xs('decimal'), { fixed: '1.0' }),
      attribute('lang', xs('language'), {
        name: { namespace: 'http://www.w3.org/XML/1998/namespace', local: 'lang' },
      }),
    ],
  });

  it('writes them with their prefixes and escapes', () => {
    assert.equal(
      encodeBody(contract, { id: 5, note: '"a"\t\n\r<&', lang: 'en', version: '1.00', a: 'x' }),
      '<Run id="5" note="&quot;a&quot;&#9;&#10;&#13;&lt;&amp;" version="1.00" xml:lang="en"><A>x</A></Run>',
    );
  });

  it('declares each prefix that their values need once', () => {
    assert.equal(
      encodeBody(contract, { id: 5, q: '{urn:x}a', kind: '{urn:y}b' }),
      '<Run id="5" q="q1:a" kind="q2:b" xmlns:q1="urn:x" xmlns:q2="urn:y"></Run>',
    );
  });

  it('reports their faults', () => {
    assert.deepEqual(faultsOf(contract, { note: null, version: '2', lang: '!' }), [
      '/id required',
      '/note type',
      '/version fixed',
      '/lang lexical',
    ]);
  });
});

describe('encoding anyAttribute', () => {
  const contract = runContract(undefined, [], {
    attributes: [attribute('id', xs('string'))],
    anyAttribute: wildcard,
  });

  it('writes each under a prefix for its namespace', () => {
    assert.equal(
      encodeBody(contract, { id: 'a', '@anyAttribute': { '{urn:n}rank': '<1>', '{urn:n}x': '' } }),
      '<Run id="a" q1:rank="&lt;1&gt;" q1:x="" xmlns:q1="urn:n"></Run>',
    );
  });

  it('refuses what the wildcard does not allow and what is no attribute', () => {
    const attributes = {
      [`{${NS}}a`]: '',
      'no namespace': '',
      plain: '',
      '{urn:n}a': 5,
      '{urn:n}b': '\u0000',
      '{http://www.w3.org/2001/XMLSchema-instance}nil': 'true',
      '{http://www.w3.org/2000/xmlns/}p': 'urn:p',
      id: 'b',
      'x><y': '',
    };
    assert.deepEqual(
      faultsOf(contract, { '@anyAttribute': attributes }).map((fault) =>
        fault.replace('/@anyAttribute/', ''),
      ),
      [
        `{${NS}}a unknown-member`,
        'no namespace unknown-member',
        'plain unknown-member',
        '{urn:n}a type',
        '{urn:n}b xml-character',
        '{http:~1~1www.w3.org~12001~1XMLSchema-instance}nil unknown-member',
        '{http:~1~1www.w3.org~12000~1xmlns~1}p unknown-member',
        'id duplicate-member',
        'x><y unknown-member',
      ],
    );
    assert.deepEqual(faultsOf(contract, { '@anyAttribute': [] }), ['/@anyAttribute type']);
  });
});

describe('encoding simple content', () => {
  const money = complex('Money', undefined, {
    content: { kind: 'simple', type: xs('decimal'), jsonName: 'value' },
    attributes: [attribute('currency', xs('string'), { required: true })],
  });
  const name = complex('Name', undefined, {
    content: { kind: 'simple', type: xs('QName'), jsonName: 'value', fixed: '{urn:x}a' },
  });
  const contract = runContract(
    sequence(element('M', money.key, { nillable: true, min: 0 }), element('N', name.key, { min: 0 })),
    [money, name],
  );

  it('writes the value between the tags', () => {
    assert.equal(
      encodeRun(contract, { m: { value: '10.005', currency: 'EUR' } }),
      '<M currency="EUR">10.005</M>',
    );
    assert.equal(encodeRun(contract, { n: { value: '{urn:x}a' } }), '<N xmlns:q1="urn:x">q1:a</N>');
  });

  it('reports faults', () => {
    assert.deepEqual(faultsOf(contract, { m: {}, n: { value: 'b' } }), [
      '/m/currency required',
      '/m/value required',
      '/n/value fixed',
    ]);
    assert.deepEqual(faultsOf(contract, { m: '10.005' }), ['/m type']);
  });

  it('writes a nil element with its attributes', () => {
    assert.equal(
      encodeRun(contract, { m: { '@nil': true, currency: 'EUR' } }),
      '<M xsi:nil="true" currency="EUR"></M>',
    );
    assert.deepEqual(faultsOf(contract, { m: { '@nil': true, currency: 'EUR', value: '1' } }), [
      '/m/value unknown-member',
    ]);
    assert.deepEqual(faultsOf(contract, { m: { '@nil': false, currency: 'EUR' } }), ['/m/@nil type']);
    assert.deepEqual(faultsOf(contract, { n: { '@nil': true } }), [
      '/n/@nil unknown-member',
      '/n/value required',
    ]);
  });

  it('cannot write null where an attribute is required', () => {
    assert.deepEqual(faultsOf(contract, { m: null }), ['/m/currency required']);
  });
});

describe('encoding derived types', () => {
  const payment = complex('Payment', sequence(element('Amount', xs('decimal'))), {
    abstract: true,
    substitutes: [key('Sepa'), key('Card')],
  });
  const sepa = complex('Sepa', sequence(element('Amount', xs('decimal')), element('Iban', xs('string'))));
  const card = complex(
    'Card',
    sequence(
      element('Amount', xs('decimal')),
      element('Pan', xs('string'), { name: { namespace: 'urn:cards', local: 'Pan' } }),
    ),
    {
      qname: { namespace: 'urn:cards', local: 'Card' },
    },
  );
  const party = complex('Party', sequence(element('Name', xs('string'))), {
    substitutes: [key('Party'), key('Person')],
  });
  const person = complex('Person', sequence(element('Name', xs('string')), element('Born', xs('date'))));
  const contract = runContract(
    sequence(
      element('Payment', payment.key, { min: 0, nillable: true }),
      element('Party', party.key, { min: 0 }),
      element('Sepa', sepa.key, { min: 0 }),
    ),
    [payment, sepa, card, party, person],
  );

  it('names the type in xsi:type', () => {
    assert.equal(
      encodeRun(contract, { payment: { '@type': 'Sepa', amount: '1', iban: 'DE' } }),
      '<Payment xsi:type="Sepa"><Amount>1</Amount><Iban>DE</Iban></Payment>',
    );
  });

  it('declares the namespaces of the type where it is named', () => {
    const envelope = encodeEnvelope(contract, { payment: { '@type': 'Card', amount: '1', pan: '4' } });
    const [, prefix = ''] = /<tns:Payment xsi:type="(\w+):Card" xmlns:\1="urn:cards">/.exec(envelope) ?? [];
    assert.ok(envelope.includes(`<tns:Amount>1</tns:Amount><${prefix}:Pan>4</${prefix}:Pan>`), envelope);
    assert.equal(envelope.split('urn:cards').length, 2);
  });

  it('writes no xsi:type for the declared type', () => {
    assert.equal(encodeRun(contract, { party: { name: 'A' } }), '<Party><Name>A</Name></Party>');
    assert.equal(
      encodeRun(contract, { party: { '@type': 'Party', name: 'A' } }),
      '<Party><Name>A</Name></Party>',
    );
    assert.equal(
      encodeRun(contract, { party: { '@type': 'Person', name: 'A', born: '2000-01-01' } }),
      '<Party xsi:type="Person"><Name>A</Name><Born>2000-01-01</Born></Party>',
    );
  });

  it('needs a type where the declared one is abstract, and lists those allowed', () => {
    assert.deepEqual(fullFaultsOf(contract, { payment: { amount: '1' } }), [
      {
        pointer: '/payment/@type',
        code: 'abstract-type',
        message: 'is required and must be one of "Sepa", "Card"',
      },
    ]);
    assert.deepEqual(fullFaultsOf(contract, { payment: { '@type': 'Person', amount: '1' } }), [
      { pointer: '/payment/@type', code: 'unknown-type', message: 'must be one of "Sepa", "Card"' },
    ]);
    assert.deepEqual(faultsOf(contract, { payment: { '@type': 'Payment' }, party: { '@type': 5 } }), [
      '/payment/@type unknown-type',
      '/party/@type type',
    ]);
    assert.deepEqual(faultsOf(contract, { payment: null }), ['/payment/@type abstract-type']);
  });

  it('knows no @type where there is only one type', () => {
    assert.deepEqual(faultsOf(contract, { sepa: { '@type': 'Sepa', amount: '1', iban: '' } }), [
      '/sepa/@type unknown-member',
    ]);
  });

  it('writes a nil element with its type', () => {
    assert.equal(
      encodeRun(contract, { payment: { '@nil': true, '@type': 'Sepa' } }),
      '<Payment xsi:nil="true" xsi:type="Sepa"></Payment>',
    );
  });

  it('refuses what is no object', () => {
    assert.deepEqual(faultsOf(contract, { party: null }), ['/party not-nillable']);
    assert.deepEqual(faultsOf(contract, { party: [] }), ['/party type']);
    assert.deepEqual(faultsOf(contract, { party: 'x' }), ['/party type']);
  });
});

describe('encoding raw XML', () => {
  const mixed: ComplexType = complex('Mixed', undefined, {
    content: {
      kind: 'mixed',
      model: group('sequence', [element('b', xs('string'), { min: 0 })]),
      jsonName: '@mixed',
    },
    attributes: [attribute('id', xs('string'))],
  });
  const any = {
    kind: 'any',
    jsonName: '@any',
    namespaces: { kind: 'not', uri: NS },
    processContents: 'lax',
  } as const;
  const contract = runContract(
    group('sequence', [
      element('M', mixed.key, { min: 0 }),
      { ...any, min: 0, max: 1 },
      { ...any, jsonName: '@any2', min: 0, max: 2 },
    ]),
    [mixed],
  );

  it('copies it', () => {
    assert.equal(
      encodeRun(contract, { m: { '@mixed': `one <b xmlns="${NS}">two</b>`, id: 'x' } }),
      `<M id="x">one <b xmlns="${NS}">two</b></M>`,
    );
    assert.equal(encodeRun(contract, { '@any': '<n xmlns="urn:n"/>' }), '<n xmlns="urn:n"/>');
    assert.equal(
      encodeRun(contract, { '@any2': ['<n xmlns="urn:n"/>', '<o:o xmlns:o="urn:o">&amp;</o:o>'] }),
      '<n xmlns="urn:n"/><o:o xmlns:o="urn:o">&amp;</o:o>',
    );
  });

  it('refuses what would break out of its place', () => {
    for (const raw of [
      '</M><evil/>',
      '<a>',
      '<p:a/>',
      '<!DOCTYPE a>',
      '<a b=1/>',
      '&undefined;',
      '<![CDATA[',
    ]) {
      assert.deepEqual(faultsOf(contract, { m: { '@mixed': raw } }), ['/m/@mixed raw-xml'], raw);
    }
    for (const raw of [
      '',
      'text',
      '<a xmlns="urn:a"/><b xmlns="urn:b"/>',
      'x<a xmlns="urn:a"/>',
      '<a/>',
      `<a xmlns="${NS}"/>`,
    ]) {
      assert.deepEqual(faultsOf(contract, { '@any': raw }), ['/@any raw-xml'], raw);
    }
    assert.deepEqual(faultsOf(contract, { '@any': '<a xmlns="urn:a">\u0000</a>' }), ['/@any xml-character']);
    assert.deepEqual(faultsOf(contract, { '@any': 5, '@any2': [5], m: {} }), [
      '/m/@mixed required',
      '/@any type',
      '/@any2/0 type',
    ]);
  });
});

describe('encoding xs:anyType', () => {
  const inner = complex('Inner', sequence(element('A', xs('string'))));
  const list = complex('List', sequence(element('I', xs('int'), { min: 0, max: 'unbounded' })), {
    unwrapped: true,
  });
  const hidden = complex('Hidden', undefined, { abstract: true });
  const contract = runContract(sequence(element('F', ANY_TYPE, { nillable: true })), [inner, list, hidden]);
  const encode = (value: JsonValue): string => encodeRun(contract, { f: value });

  it('takes a string for text', () => {
    assert.equal(encode('a & b'), '<F>a &amp; b</F>');
  });

  it('says all that may stand there to what may not', () => {
    for (const value of [5, true, ['a']])
      assert.throws(() => encode(value), /^ValueError: \/f: must be a string, or an object such as /);
  });

  it('names built-in types and writes their values', () => {
    assert.equal(
      encode({ '@type': 'xs:int', value: 5 }),
      '<F xsi:type="xs:int" xmlns:xs="http://www.w3.org/2001/XMLSchema">5</F>',
    );
    assert.equal(
      encode({ '@type': 'xs:QName', value: '{urn:x}a' }),
      '<F xsi:type="xs:QName" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:q1="urn:x">q1:a</F>',
    );
  });

  it('names types of the contract', () => {
    assert.equal(
      encode({ '@type': 'Inner', a: 'x' }),
      '<F xsi:type="Inner" xmlns:tns="urn:example"><A>x</A></F>',
    );
    assert.equal(
      encode({ '@type': 'List', value: [1, 2] }),
      '<F xsi:type="List" xmlns:tns="urn:example"><I>1</I><I>2</I></F>',
    );
  });

  it('copies raw XML and attributes', () => {
    assert.equal(
      encode({ '@mixed': 'x<y/>', '@anyAttribute': { '{urn:n}a': '1', b: '2' } }),
      '<F q1:a="1" b="2" xmlns:q1="urn:n">x<y/></F>',
    );
  });

  it('may be nil', () => {
    assert.equal(encode(null), '<F xsi:nil="true"></F>');
  });

  it('holds fixed text', () => {
    const fixed = runContract(sequence(element('F', ANY_TYPE, { fixed: 'x' })));
    assert.equal(encodeRun(fixed, { f: 'x' }), '<F>x</F>');
    assert.deepEqual(faultsOf(fixed, { f: 'y' }), ['/f fixed']);
    assert.deepEqual(faultsOf(fixed, { f: { '@mixed': 'y' } }), ['/f fixed']);
    assert.deepEqual(faultsOf(fixed, { f: { '@type': 'xs:string', value: 'y' } }), ['/f fixed']);
  });

  it('refuses all else', () => {
    const refused: readonly (readonly [JsonValue, string[]])[] = [
      [5, ['/f type']],
      [[], ['/f type']],
      [{ a: 1 }, ['/f/a unknown-member', '/f/@mixed required']],
      [{ '@type': 'Nowhere' }, ['/f/@type unknown-type']],
      [{ '@type': 'Hidden' }, ['/f/@type unknown-type']],
      [{ '@type': 'xs:int', value: 'x' }, ['/f/value type']],
      [{ '@type': 'xs:int' }, ['/f/value required']],
      [{ '@type': 'xs:int', value: 5, x: 1 }, ['/f/x unknown-member']],
      [{ '@type': 'Inner', b: 1 }, ['/f/b unknown-member', '/f/a required']],
      [{ '@type': 'List', value: [1, 'x'] }, ['/f/value/1 type']],
    ];
    for (const [value, faults] of refused)
      assert.deepEqual(faultsOf(contract, { f: value }), faults, JSON.stringify(value));
  });
});
