import assert from 'node:assert/strict';
import { compileCodec, formatDiagnostic, type Contract, type Diagnostic } from '../../../wsdl/index.ts';
import { lenientAdvice } from '../../../cli/contract-source.ts';
import { compileTexts, complexType, definitions, schema, wsdlAround } from './wsdl-text.ts';
import { outline } from './outline.ts';

interface Verdict {
  readonly contract: Contract;
  readonly warnings: string[];
}

/** The WSDL is refused, and lenient mode takes it. */
async function tolerated(wsdl: string): Promise<Verdict> {
  const strict = await compileTexts({ 'a.wsdl': wsdl });
  assert.equal(strict.contract, undefined, 'strict mode takes it as well');
  assert.equal(
    lenientAdvice(strict.diagnostics).length,
    1,
    strict.diagnostics.map(formatDiagnostic).join('\n'),
  );
  const { contract, diagnostics } = await compileTexts({ 'a.wsdl': wsdl }, { lenient: true });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return { contract, warnings: diagnostics.map(({ code }) => code) };
}

const RUN = '<xs:element name="Run" type="t:T"/>';

function toleratedSchema(content: string): Promise<Verdict> {
  return tolerated(wsdlAround(schema(content + RUN)));
}

function type(content: string): string {
  return `<xs:complexType name="T"><xs:sequence>${content}</xs:sequence></xs:complexType>`;
}

function roundTrip(
  contract: Contract,
  value: Parameters<ReturnType<typeof compileCodec>['input']['encode']>[0],
): unknown {
  const { input } = compileCodec(contract, { operation: 'Run' });
  const decoded = input.decode(input.encode(value));
  assert.ok(decoded.kind === 'message');
  return JSON.parse(Buffer.from(decoded.json).toString());
}

describe('lenient mode', () => {
  it('takes an unknown type as content of any kind, and loses nothing of it', async () => {
    const { contract, warnings } = await toleratedSchema(type('<xs:element name="a" type="t:Gone"/>'));
    assert.deepEqual(warnings, ['XSD_UNKNOWN_TYPE']);
    const value = { a: { '@mixed': 'text <b xmlns="urn:b">1</b>' } };
    assert.deepEqual(roundTrip(contract, value), value);
  });

  it('takes an unknown element as one with content of any kind, in its place', async () => {
    const { contract, warnings } = await toleratedSchema(
      type('<xs:element ref="t:Gone" minOccurs="0"/><xs:element name="b" type="xs:int"/>'),
    );
    assert.deepEqual(warnings, ['XSD_UNKNOWN_ELEMENT']);
    assert.equal(outline(complexType(contract, 'T')), 'sequence(gone?, b)');
  });

  it('takes an unknown group as any elements, unknown attributes as any values', async () => {
    const { contract, warnings } = await toleratedSchema(
      '<xs:complexType name="T"><xs:sequence><xs:group ref="t:Gone"/></xs:sequence><xs:attribute ref="t:Lost"/><xs:attributeGroup ref="t:Missing"/></xs:complexType>',
    );
    assert.deepEqual(warnings.sort(), ['XSD_UNKNOWN_ATTRIBUTE', 'XSD_UNKNOWN_GROUP', 'XSD_UNKNOWN_GROUP']);
    const linked = complexType(contract, 'T');
    assert.equal(outline(linked), 'sequence(@any[0..*]!)');
    assert.deepEqual(
      linked.attributes.map(({ jsonName }) => jsonName),
      ['lost'],
    );
    assert.equal(linked.anyAttribute?.namespaces.kind, 'any');
  });

  it('keeps the whole content of a type that is derived from an unknown one', async () => {
    const { contract } = await toleratedSchema(
      '<xs:complexType name="T"><xs:complexContent><xs:extension base="t:Gone"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>',
    );
    assert.equal(complexType(contract, 'T').content.kind, 'mixed');
  });

  const SCHEMAS: Readonly<Record<string, string>> = {
    'a component that is declared twice': `${type('<xs:element name="a" type="xs:int"/>')}<xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType>`,
    'a facet that there is none': `${type('')}<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:maxlength value="1"/></xs:restriction></xs:simpleType>`,
    'an element where none may stand': type('<xs:element name="a"><xs:sequence/></xs:element>'),
    'a type that is derived from itself':
      '<xs:complexType name="T"><xs:complexContent><xs:extension base="t:T"/></xs:complexContent></xs:complexType>',
    'an element in place of itself': `${type('')}<xs:element name="A" substitutionGroup="t:A"/><xs:element name="B" substitutionGroup="t:A"/>`,
    'a restriction of nothing': `${type('')}<xs:simpleType name="S"><xs:restriction/></xs:simpleType>`,
  };
  for (const [what, content] of Object.entries(SCHEMAS)) {
    it(`takes ${what}, with one warning`, async () => {
      const { warnings } = await toleratedSchema(content);
      assert.equal(warnings.length, 1);
    });
  }

  it('leaves out patterns of which one is not valid, rather than refuse every value', async () => {
    const { contract, warnings } = await toleratedSchema(
      `${type('<xs:element name="a" type="t:S"/>')}<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:pattern value="("/><xs:pattern value="a"/></xs:restriction></xs:simpleType>`,
    );
    assert.deepEqual(warnings, ['XSD_INVALID']);
    assert.deepEqual(roundTrip(contract, { a: 'any' }), { a: 'any' });
  });

  it('takes an include of another namespace as an import', async () => {
    const documents = {
      'a.wsdl': wsdlAround(schema(`<xs:include schemaLocation="b.xsd"/>${type('')}${RUN}`)),
      'b.xsd': '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b"/>',
    };
    const strict = await compileTexts(documents);
    assert.match(
      strict.diagnostics.map(formatDiagnostic).join('\n'),
      /^a\.wsdl:\d+:\d+ error XSD_INVALID: <xs:include> brings in a schema of another namespace, "urn:b"\. Use <import>\.$/,
    );
    assert.ok((await compileTexts(documents, { lenient: true })).contract);
  });

  const BODY = `<types>${schema('<xs:element name="Ask" type="xs:string"/>')}</types>`;
  const OPERATION =
    '<operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"/></input></operation>';
  const service = (ports: string): string => `<service name="S">${ports}</service>`;
  const PORT = '<port name="X" binding="t:B"><soap:address location="http://127.0.0.1/"/></port>';
  const wsdl = (parts: { message?: string; portType?: string; binding?: string; ports?: string }): string =>
    definitions(`${BODY}${parts.message ?? '<message name="In"><part name="ask" element="t:Ask"/></message>'}
      ${parts.portType ?? '<portType name="P"><operation name="Run"><input message="t:In"/></operation></portType>'}
      ${parts.binding ?? `<binding name="B" type="t:P"><soap:binding/>${OPERATION}</binding>`}${service(parts.ports ?? PORT)}`);

  it('takes a binding that lists no operation for one that lists all of its portType', async () => {
    const bare = wsdl({ binding: '<binding name="B" type="t:P"><soap:binding/></binding>' });
    const strict = await compileTexts({ 'a.wsdl': bare });
    assert.deepEqual(Object.values(strict.contract!.bindings)[0]!.operations, []);
    assert.deepEqual(
      strict.diagnostics.map(({ code, severity }) => `${severity} ${code}`),
      ['warning WSDL_UNKNOWN_OPERATION'],
    );
    const { contract } = await compileTexts({ 'a.wsdl': bare }, { lenient: true });
    const [operation] = Object.values(contract!.bindings)[0]!.operations;
    assert.deepEqual([operation?.name, operation?.soapAction, operation?.style], ['Run', '', 'document']);
  });

  it('sends the element that a part names though it is not declared', async () => {
    const { contract } = await tolerated(
      wsdl({ message: '<message name="In"><part name="ask" element="t:Gone"/></message>' }),
    );
    const [member] = Object.values(contract.bindings)[0]!.operations[0]!.input.body.members;
    assert.deepEqual(member?.name, { namespace: 'urn:test', local: 'Gone' });
  });

  const NOUNS: Readonly<Record<string, string>> = {
    'finds a message by its local name': wsdl({
      portType: '<portType name="P"><operation name="Run"><input message="In"/></operation></portType>',
    }),
    'finds a message though the prefix is not declared': wsdl({
      portType: '<portType name="P"><operation name="Run"><input message="none:In"/></operation></portType>',
    }),
    'finds the portType of a binding that names none by its operations': wsdl({
      binding: `<binding name="B"><soap:binding/>${OPERATION}</binding>`,
    }),
    'gives a port without a binding the only one that no port has': wsdl({
      ports: PORT.replace('t:B', 't:Gone'),
    }),
    'takes use="literalXXX" for literal': wsdl({}).replace('use="literal"', 'use="literalXXX"'),
    'drops an operation that its portType does not have': wsdl({
      binding: `<binding name="B" type="t:P"><soap:binding/>${OPERATION}${OPERATION.replace('Run', 'Undo')}</binding>`,
    }),
  };
  for (const [what, text] of Object.entries(NOUNS)) {
    it(what, async () => {
      const { contract } = await tolerated(text);
      const [port] = contract.services[0]!.ports;
      assert.deepEqual(
        contract.bindings[port!.binding]?.operations.map(({ name }) => name),
        ['Run'],
      );
    });
  }

  it('refuses what has no operation left, is not well-formed or is too deep, as strict mode does', async () => {
    const texts = [
      wsdl({ message: '' }),
      wsdl({}).replace('</definitions>', ''),
      wsdl({}).replace('<types>', '<!DOCTYPE a [<!ENTITY e "x">]><types>'),
      definitions('<a>'.repeat(300) + '</a>'.repeat(300)),
    ];
    for (const text of texts) {
      const { contract, diagnostics } = await compileTexts({ 'a.wsdl': text }, { lenient: true });
      assert.equal(contract, undefined);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      assert.equal(errors.length, 1, text.slice(0, 100));
      assert.deepEqual(lenientAdvice(errors), []);
    }
  });
});

describe('the line that advises --lenient', () => {
  const error = (lenient?: string): Diagnostic => ({
    code: 'XSD_INVALID',
    severity: 'error',
    message: 'no',
    ...(lenient !== undefined && { lenient }),
  });

  it('counts what would be taken as what', () => {
    assert.deepEqual(lenientAdvice([error('as text'), error('as text'), error('as missing')]), [
      '3 errors. With --lenient they are warnings: 2 as text; 1 as missing.',
    ]);
  });

  it('is not there if an error would remain', () => {
    assert.deepEqual(lenientAdvice([error('as text'), error()]), []);
  });
});
