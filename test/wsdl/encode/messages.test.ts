import assert from 'node:assert/strict';

import { compileFaultEncoder } from '../../../wsdl/codec/encode/compile-fault-encoder.ts';
import {
  ValueError,
  type Contract,
  type ElementParticle,
  type FaultToEncode,
  type SoapVersion,
} from '../../../wsdl/index.ts';
import { NS, complex, contractOf, element, key, runContract, sequence, xs } from './contracts.ts';
import { encodeBody, encodeEnvelope, faultsOf } from './encoding.ts';

const inner = complex('Inner', sequence(element('A', xs('int'), { min: 0 })));

describe('an encoded message', () => {
  it('declares what it needs on the envelope, and no default namespace', () => {
    const contract = runContract(
      sequence(element('A', xs('string'), { name: { namespace: '', local: 'A' } })),
    );
    assert.equal(
      encodeEnvelope(contract, { a: 'x' }),
      '<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:tns="urn:example">' +
        '<soap:Body><tns:Run><A>x</A></tns:Run></soap:Body></soap:Envelope>',
    );
  });

  it('is the same bytes for the same value, whatever was encoded before', () => {
    const contract = runContract(sequence(element('F', '{http://www.w3.org/2001/XMLSchema}anyType')), [
      inner,
    ]);
    const first = encodeEnvelope(contract, { f: 'x' });
    encodeEnvelope(contract, { f: { '@type': 'Inner', a: 1 } });
    assert.equal(encodeEnvelope(contract, { f: 'x' }), first);
  });

  it('may have an empty body', () => {
    const contract = contractOf({
      body: { kind: 'elements', use: 'literal', members: [], shape: 'members' },
    });
    assert.equal(encodeBody(contract, {}), '');
    assert.deepEqual(faultsOf(contract, { a: 1 }), ['/a unknown-member']);
    for (const value of [null, [], 'x', 5]) assert.deepEqual(faultsOf(contract, value), [' type']);
  });

  it('has one element for each member', () => {
    const members = [element('A', xs('int')), element('B', inner.key)];
    const contract = contractOf({
      types: [inner],
      body: { kind: 'elements', use: 'literal', members, shape: 'members' },
    });
    assert.equal(encodeBody(contract, { b: { a: 1 }, a: 2 }), '<A>2</A><B><A>1</A></B>');
    assert.deepEqual(faultsOf(contract, { b: { a: 'x' } }), ['/a required', '/b/a type']);
  });

  it('wraps unqualified accessors in rpc style', () => {
    const unqualified = (local: string, type: string): ElementParticle =>
      element(local, type, { name: { namespace: '', local } });
    const members = [unqualified('A', xs('int')), unqualified('B', inner.key)];
    const wrapper = { namespace: NS, local: 'Run' };
    const body = { kind: 'rpc', use: 'literal', wrapper, members, shape: 'members' } as const;
    assert.equal(
      encodeBody(contractOf({ types: [inner], body }), { a: 2, b: {} }),
      '<Run><A>2</A><B></B></Run>',
    );
    assert.equal(
      encodeBody(contractOf({ types: [inner], body: { ...body, use: 'encoded' } }), { a: 2, b: { a: 1 } }),
      '<Run soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><A xsi:type="xs:int">2</A><B xsi:type="Inner"><A xsi:type="xs:int">1</A></B></Run>',
    );
  });

  it('never changes or keeps its value', () => {
    const contract = withHeader();
    const value = Object.freeze({ '@header': Object.freeze({ h: Object.freeze({ a: 1 }) }), a: 2 });
    encodeEnvelope(contract, value);
  });
});

function withHeader(): Contract {
  const members = [element('Run', inner.key)];
  const body = { kind: 'elements', use: 'literal', members, shape: 'value' } as const;
  return contractOf({ types: [inner], body, headers: [element('H', inner.key), element('G', xs('string'))] });
}

describe('header blocks', () => {
  it('are written under soap:Header, in the order of the contract', () => {
    const envelope = encodeEnvelope(withHeader(), { '@header': { g: 'x', h: { a: 1 } }, a: 2 });
    assert.ok(
      envelope.includes(
        '<soap:Header><tns:H><tns:A>1</tns:A></tns:H><tns:G>x</tns:G></soap:Header><soap:Body><tns:Run><tns:A>2</tns:A></tns:Run></soap:Body>',
      ),
      envelope,
    );
  });

  it('are all optional', () => {
    assert.ok(!encodeEnvelope(withHeader(), { a: 2 }).includes('soap:Header'));
    assert.ok(!encodeEnvelope(withHeader(), { a: 2, '@header': {} }).includes('soap:Header'));
  });

  it('are checked, with pointers of their own', () => {
    assert.deepEqual(faultsOf(withHeader(), { '@header': { x: 1, h: { a: 'x' } }, b: 1 }), [
      '/@header/x unknown-member',
      '/@header/h/a type',
      '/b unknown-member',
    ]);
    assert.deepEqual(faultsOf(withHeader(), { '@header': 5 }), ['/@header type']);
    assert.deepEqual(faultsOf(runContract(undefined), { '@header': {} }), ['/@header unknown-member']);
  });
});

describe('a fault', () => {
  const contract = contractOf({
    types: [inner],
    body: { kind: 'elements', use: 'literal', members: [], shape: 'members' },
  });
  const faults = [{ name: 'NotFound', detail: element('NotFound', inner.key) }];
  const encode = (soapVersion: SoapVersion, fault: FaultToEncode): string =>
    Buffer.from(compileFaultEncoder({ contract, soapVersion, faults })(fault))
      .toString()
      .replace(/^.*\n/, '');
  const fault: FaultToEncode = {
    category: 'Sender',
    reason: 'a < b',
    detail: { name: 'NotFound', value: { a: 1 } },
  };

  it('has code, string and detail in SOAP 1.1', () => {
    assert.equal(
      encode('1.1', fault),
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:tns="urn:example"><soap:Body><soap:Fault>' +
        '<faultcode>soap:Client</faultcode><faultstring>a &lt; b</faultstring>' +
        '<detail><tns:NotFound><tns:A>1</tns:A></tns:NotFound></detail></soap:Fault></soap:Body></soap:Envelope>',
    );
  });

  it('has Code, Reason and Detail in SOAP 1.2', () => {
    assert.equal(
      encode('1.2', { category: 'Receiver', reason: 'x' }),
      '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><soap:Fault>' +
        '<soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code>' +
        '<soap:Reason><soap:Text xml:lang="en">x</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>',
    );
    assert.match(
      encode('1.2', fault),
      /soap:Sender.*<soap:Detail><tns:NotFound>.*<\/soap:Detail><\/soap:Fault>/,
    );
  });

  it('names what is declared where it is given another', () => {
    assert.throws(
      () => encode('1.1', { ...fault, detail: { name: 'Gone', value: {} } }),
      /no fault "Gone"; declared are "NotFound"/,
    );
  });

  it('is checked like any value', () => {
    const wrong: FaultToEncode = {
      ...fault,
      reason: '\u0000',
      detail: { name: 'NotFound', value: { a: 'x' } },
    };
    assert.throws(
      () => encode('1.1', wrong),
      (error) =>
        error instanceof ValueError &&
        error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join() === ' xml-character,/a type',
    );
  });
});

describe('hostile names', () => {
  const names = [
    "');process.exit();//",
    '"];throw 1;//',
    '`${process.exit()}`',
    '\\',
    '\u2028',
    '*/process.exit()/*',
    '\n}',
    '</script>',
  ];

  it('in JSON stay names', () => {
    const elements = names.map((jsonName, index) => element(`E${index}`, xs('string'), { jsonName, min: 0 }));
    const attributes = names.map((jsonName, index) => ({
      name: { namespace: '', local: `a${index}` },
      jsonName: `@${jsonName}`,
      type: xs('string'),
      required: false,
    }));
    const contract = runContract(sequence(...elements), [], { attributes });
    const value = Object.fromEntries(
      names.flatMap((name) => [
        [name, 'x'],
        [`@${name}`, 'y'],
      ]),
    );
    const body = encodeBody(contract, value);
    for (const index of names.keys())
      assert.ok(body.includes(`<E${index}>x</E${index}>`) && body.includes(` a${index}="y"`));
    for (const name of names) assert.equal(faultsOf(contract, { [name]: 5 }).length, 1);
    assert.equal(faultsOf(contract, { "');process.exit();// ": 'x' }).length, 1);
  });

  it('in XML are refused', () => {
    for (const local of names) {
      const contract = runContract(sequence(element('A', xs('string'), { name: { namespace: NS, local } })));
      assert.throws(() => encodeBody(contract, {}), /has a name that XML does not allow/);
    }
  });

  it('of namespaces, types, fixed values and enumerations stay text', () => {
    for (const text of names.filter((name) => !/[\n\\]/.test(name))) {
      const type = complex(
        'T',
        sequence(element('B', xs('string'), { name: { namespace: text, local: 'B' } })),
        { name: text },
      );
      const contract = runContract(
        sequence(element('A', type.key, { min: 0 }), element('F', xs('string'), { min: 0, fixed: text })),
        [type],
      );
      assert.match(encodeBody(contract, { a: { b: 'x' }, f: text }), /<n\d+:B>x<\/n\d+:B>/);
      assert.deepEqual(faultsOf(contract, { a: { c: 1 }, f: 'y' }), [
        '/a/c unknown-member',
        '/a/b required',
        '/f fixed',
      ]);
    }
  });
});

describe('unknown types', () => {
  it('are an error of the contract, not of the value', () => {
    const contract = runContract(sequence(element('A', key('Nowhere'))));
    assert.throws(
      () => encodeBody(contract, {}),
      /Internal: the contract "Example" refers to type \{urn:example\}Nowhere/,
    );
  });
});
