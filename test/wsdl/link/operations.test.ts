import assert from 'node:assert/strict';
import { compileCodec, type Contract, type Decoded, type Operation } from '../../../wsdl/index.ts';
import { compileTexts, contractOf, definitions, schema } from './wsdl-text.ts';

const TYPES = `<types>${schema(
  `<xs:element name="Ask"><xs:complexType><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Text" type="xs:string"/><xs:element name="Auth" type="xs:string"/><xs:complexType name="Card"/>`,
)}</types>`;
const MESSAGES = `<message name="Ask"><part name="ask" element="t:Ask"/></message><message name="Text"><part name="text" element="t:Text"/></message>
  <message name="None"/><message name="Auth"><part name="auth" element="t:Auth"/></message>
  <message name="Both"><part name="ask" element="t:Ask"/><part name="auth" element="t:Auth"/></message>
  <message name="Typed"><part name="CardId" type="xs:string"/><part name="card" type="t:Card"/></message><message name="Fault"><part name="reason" type="xs:string"/></message>`;

interface Parts {
  readonly operations: string;
  readonly bound: string;
  readonly binding?: string;
  readonly types?: string;
}

function wsdl({
  operations,
  bound,
  binding = '<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>',
  types = TYPES,
}: Parts): string {
  return definitions(`${types}${MESSAGES}<portType name="P">${operations}</portType><binding name="B" type="t:P">${binding}${bound}</binding>
    <service name="Bank"><documentation>The   bank.</documentation><port name="Port" binding="t:B"><soap:address location="http://127.0.0.1/bank"/></port></service>`);
}

function operation(name: string, input: string, output?: string, faults = ''): string {
  return `<operation name="${name}"><documentation>Does ${name}.</documentation><input message="t:${input}"/>${output === undefined ? '' : `<output message="t:${output}"/>`}${faults}</operation>`;
}

function bound(
  name: string,
  input = '<soap:body use="literal"/>',
  output = '<soap:body use="literal"/>',
): string {
  return `<operation name="${name}"><soap:operation soapAction="urn:${name}"/><input>${input}</input><output>${output}</output></operation>`;
}

function operationsOf(contract: Contract): readonly Operation[] {
  return contract.bindings['{urn:test}B']?.operations ?? [];
}

function decodeText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function jsonOf(decoded: Decoded): string {
  assert.ok(decoded.kind === 'message');
  return decodeText(decoded.json);
}

describe('operations', () => {
  it('in document style have the elements of their parts as body; one object is the whole value', async () => {
    const contract = await contractOf(
      wsdl({ operations: operation('Do', 'Ask', 'Text'), bound: bound('Do') }),
    );
    const [first] = operationsOf(contract);
    assert.ok(first?.output);
    assert.equal(first.documentation, 'Does Do.');
    assert.equal(first.soapAction, 'urn:Do');
    assert.equal(first.input.body.kind, 'elements');
    assert.deepEqual(
      first.input.body.members.map(({ name, jsonName }) => [name.local, jsonName]),
      [['Ask', 'ask']],
    );
    assert.equal(first.input.body.shape, 'value');
    assert.equal(first.output.body.shape, 'members');
    assert.deepEqual(contract.services, [
      {
        name: 'Bank',
        documentation: 'The bank.',
        ports: [{ name: 'Port', binding: '{urn:test}B', address: 'http://127.0.0.1/bank' }],
      },
    ]);
  });

  it('may have an empty message, and no answer', async () => {
    const [first] = operationsOf(
      await contractOf(wsdl({ operations: operation('Do', 'None'), bound: bound('Do') })),
    );
    assert.deepEqual(first?.input.body, { kind: 'elements', use: 'literal', members: [], shape: 'members' });
    assert.equal(first.output, undefined);
  });

  it('in rpc style have a wrapper and unqualified accessors named by their parts', async () => {
    const body = '<soap:body use="literal" namespace="urn:cards"/>';
    const binding = '<soap12:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>';
    const contract = await contractOf(
      wsdl({
        operations: operation('Block', 'Typed', 'Typed'),
        bound: bound('Block', body, body).replaceAll('soap:', 'soap12:'),
        binding,
      }),
    );
    const [first] = operationsOf(contract);
    assert.ok(first?.output);
    assert.equal(contract.bindings['{urn:test}B']?.soapVersion, '1.2');
    assert.deepEqual(first.input.body.wrapper, { namespace: 'urn:cards', local: 'Block' });
    assert.deepEqual(first.output.body.wrapper, { namespace: 'urn:cards', local: 'BlockResponse' });
    assert.deepEqual(
      first.input.body.members.map(({ name, jsonName, min, max }) => [name, jsonName, min, max]),
      [
        [{ namespace: '', local: 'CardId' }, 'cardId', 1, 1],
        [{ namespace: '', local: 'card' }, 'card', 1, 1],
      ],
    );
  });

  it('take header parts out of the body, from their own message or another, all optional', async () => {
    const own =
      '<soap:body use="literal"/><soap:header message="t:Both" part="auth" use="literal"/><soap:header message="t:Auth" part="auth" use="literal"/>';
    const [first] = operationsOf(
      await contractOf(wsdl({ operations: operation('Do', 'Both'), bound: bound('Do', own) })),
    );
    assert.deepEqual(
      first?.input.body.members.map(({ name }) => name.local),
      ['Ask'],
    );
    assert.deepEqual(
      first.input.headers.map(({ jsonName, min }) => [jsonName, min]),
      [
        ['auth', 0],
        ['auth2', 0],
      ],
    );
  });

  it('have only the parts that soap:body names, inside a MIME part too', async () => {
    const named =
      '<mime:multipartRelated><mime:part><soap:body use="literal" parts="auth"/></mime:part><mime:part><mime:content part="ask"/></mime:part></mime:multipartRelated>';
    const [first] = operationsOf(
      await contractOf(wsdl({ operations: operation('Do', 'Both'), bound: bound('Do', named) })),
    );
    assert.deepEqual(
      first?.input.body.members.map(({ name }) => name.local),
      ['Auth'],
    );
  });

  it('have declared faults, by element or by type', async () => {
    const faults =
      '<fault name="NotFound" message="t:Text"/><fault name="Denied" message="t:Fault"><documentation>No.</documentation></fault>';
    const [first] = operationsOf(
      await contractOf(wsdl({ operations: operation('Do', 'Ask', 'Ask', faults), bound: bound('Do') })),
    );
    assert.deepEqual(
      first?.faults.map(({ name, documentation, detail }) => [name, documentation, detail.name]),
      [
        ['NotFound', undefined, { namespace: 'urn:test', local: 'Text' }],
        ['Denied', 'No.', { namespace: '', local: 'reason' }],
      ],
    );
  });

  it('that are overloaded are told apart by an id, and paired by the names of their messages', async () => {
    const overload = (name: string, message: string): string =>
      `<operation name="Do"><input name="${name}" message="t:${message}"/></operation>`;
    const use = (name: string): string =>
      `<operation name="Do"><soap:operation/><input name="${name}"><soap:body use="literal"/></input></operation>`;
    const contract = await contractOf(
      wsdl({
        operations: overload('ByText', 'Text') + overload('ByAsk', 'Ask'),
        bound: use('ByAsk') + use('ByText'),
      }),
    );
    assert.deepEqual(
      operationsOf(contract).map(({ id, input }) => [id, input.name.local]),
      [
        ['Do', 'Ask'],
        ['Do2', 'Text'],
      ],
    );
  });

  it('in document style with one part that names a type have soap:Body itself of that type', async () => {
    const types = TYPES.replace(
      '<xs:complexType name="Card"/>',
      '<xs:complexType name="Card"><xs:sequence><xs:element name="no" type="xs:int"/></xs:sequence></xs:complexType>',
    );
    const parts =
      '<message name="One"><part name="card" type="t:Card"/></message><message name="Word"><part name="Word" type="xs:string"/></message>';
    const contract = await contractOf(
      wsdl({ operations: operation('Do', 'One', 'Word'), bound: bound('Do'), types: types + parts }),
    );
    const [first] = operationsOf(contract);
    const name = { namespace: 'http://schemas.xmlsoap.org/soap/envelope/', local: 'Body' };
    assert.deepEqual(
      [first?.input.body, first?.output?.body].map((body) => [
        body?.kind,
        body?.shape,
        body?.members[0]?.name,
      ]),
      [
        ['content', 'value', name],
        ['content', 'members', name],
      ],
    );
    const codec = compileCodec(contract, { operation: 'Do' });
    const input = decodeText(codec.input.encode({ no: 7 }));
    assert.match(input, /:Body><(\w+:)?no>7<\/(\w+:)?no><\/\w+:Body>/);
    assert.equal(jsonOf(codec.input.decode(Buffer.from(input))), '{"no":7}');
    const output = codec.output!.encode({ word: ' a < b ' });
    assert.equal(jsonOf(codec.output!.decode(output)), '{"word":" a < b "}');
    assert.equal(jsonOf(codec.output!.decode(codec.output!.encode({ word: '' }))), '{"word":""}');
    const fault = codec.encodeFault({ category: 'Sender', reason: 'no' });
    assert.equal(codec.output!.decode(fault).kind, 'fault');
  });

  it('in document style with several such parts, or in rpc style with elements, are kept with a warning', async () => {
    const several = await compileTexts({
      'a.wsdl': wsdl({ operations: operation('Do', 'Typed'), bound: bound('Do') }),
    });
    const binding = '<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>';
    const rpc = await compileTexts({
      'a.wsdl': wsdl({ operations: operation('Do', 'Both'), bound: bound('Do'), binding }),
    });
    for (const { contract, diagnostics } of [several, rpc]) {
      assert.ok(contract);
      assert.deepEqual(
        diagnostics.map(({ severity, code }) => `${severity} ${code}`),
        ['warning WSDL_UNSUPPORTED'],
      );
    }
    const names = [several, rpc].map(({ contract }) =>
      operationsOf(contract!)[0]!.input.body.members.map(({ name }) => `{${name.namespace}}${name.local}`),
    );
    assert.deepEqual(names, [
      ['{}CardId', '{}card'],
      ['{urn:test}Ask', '{urn:test}Auth'],
    ]);
  });

  it('that the service begins are offered as calls, with a warning; so is one without any message', async () => {
    const operations = `<operation name="Tell"><output message="t:Ask"/></operation><operation name="Demand"><output message="t:Ask"/><input message="t:Text"/></operation><operation name="Mute"/>`;
    const { contract, diagnostics } = await compileTexts({
      'a.wsdl': wsdl({ operations, bound: bound('Tell') + bound('Demand') + bound('Mute') }),
    });
    assert.deepEqual(
      operationsOf(contract!).map(({ name, begunBy, input, output }) => [
        name,
        begunBy,
        input.body.members.map((member) => member.name.local),
        output?.body.members.map((member) => member.name.local),
      ]),
      [
        ['Tell', 'service', [], ['Ask']],
        ['Demand', 'service', ['Text'], ['Ask']],
        ['Mute', undefined, [], undefined],
      ],
    );
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['WSDL_UNSUPPORTED', 'WSDL_UNSUPPORTED'],
    );
  });

  it('of SOAP encoding are kept, and their parts may be null', async () => {
    const body =
      '<soap:body use="encoded" namespace="urn:cards" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/>';
    const binding = '<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>';
    const { contract, diagnostics } = await compileTexts({
      'a.wsdl': wsdl({ operations: operation('Do', 'Typed'), bound: bound('Do', body), binding }),
    });
    assert.ok(contract);
    assert.equal(operationsOf(contract)[0]?.input.body.use, 'encoded');
    assert.deepEqual(
      operationsOf(contract)[0]?.input.body.members.map(({ nillable }) => nillable),
      [true, true],
    );
    assert.deepEqual(diagnostics, []);
  });

  it('are reported if the portType, message, part, element or binding they name is not there', async () => {
    const broken =
      definitions(`${TYPES}<message name="In"><part name="ask" element="t:Aks"/></message><message name="Typed"><part name="n" type="xs:strin"/></message>
      <portType name="P"><operation name="Do"><input message="t:Im"/></operation><operation name="Do2"><input message="t:In"/></operation></portType>
      <binding name="B" type="t:P"><soap:binding/>${bound('Do')}${bound('Do2', '<soap:body parts="asc" use="literal"/>')}${bound('Undo')}</binding>
      <binding name="C" type="t:Q"><soap:binding/></binding><service name="S"><port name="X" binding="t:D"/></service>`);
    const { contract, diagnostics } = await compileTexts({ 'a.wsdl': broken });
    assert.equal(contract, undefined);
    assert.deepEqual(diagnostics.map(({ code }) => code).sort(), [
      'WSDL_UNKNOWN_BINDING',
      'WSDL_UNKNOWN_ELEMENT',
      'WSDL_UNKNOWN_MESSAGE',
      'WSDL_UNKNOWN_OPERATION',
      'WSDL_UNKNOWN_PART',
      'WSDL_UNKNOWN_PORT_TYPE',
    ]);
    assert.match(
      diagnostics.find(({ code }) => code === 'WSDL_UNKNOWN_ELEMENT')?.message ?? '',
      /Did you mean "t:Ask"\?/,
    );
  });
});

describe('bindings', () => {
  it('to other protocols are left out with a warning; none for SOAP is an error', async () => {
    const other =
      '<binding name="H" type="t:P"><http:binding xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" verb="GET"/></binding>';
    const fine = wsdl({ operations: operation('Do', 'Ask'), bound: bound('Do') });
    const { contract, diagnostics } = await compileTexts({
      'a.wsdl': fine.replace('<binding', `${other}<binding`),
    });
    assert.deepEqual(Object.keys(contract?.bindings ?? {}), ['{urn:test}B']);
    assert.match(diagnostics[0]?.message ?? '', /"H" is not for SOAP/);
    const none = await compileTexts({ 'a.wsdl': definitions(other) });
    assert.deepEqual(
      none.diagnostics.map(({ code }) => code),
      ['WSDL_NO_SOAP_BINDING'],
    );
  });
});
