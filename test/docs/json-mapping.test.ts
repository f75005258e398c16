import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  compileCodec,
  compileContract,
  formatDiagnostic,
  type JsonValue,
  type OperationCodec,
} from '../../wsdl/index.ts';
import { canonical } from '../../cli/doctor/canonical.ts';

/** Every example of docs/json-mapping.md, run in both directions. */
interface Example {
  readonly heading: string;
  readonly content: string;
  readonly globals: string;
  /** Of an encoded message in rpc style; '' for a literal one in document style. */
  readonly parts: string;
  readonly xml: string;
  readonly json: JsonValue;
}

describe('docs/json-mapping.md', () => {
  const examples = readExamples(readFileSync(new URL('../../docs/json-mapping.md', import.meta.url), 'utf8'));

  it('has an example for every row of the mapping', () => {
    assert.ok(examples.length >= 22, `only ${examples.length} examples found`);
  });

  for (const [index, example] of examples.entries()) {
    it(`${example.heading} (example ${index + 1}) reads and writes as the page says`, async () => {
      const codec = await codecOf(example);
      const decoded = codec.input.decode(envelope(example));
      assert.ok(decoded.kind === 'message');
      assert.deepEqual(JSON.parse(Buffer.from(decoded.json).toString('utf8')), example.json);
      assert.equal(canonical(codec.input.encode(example.json)), canonical(envelope(example)));
    });
  }
});

function readExamples(page: string): Example[] {
  const examples: Example[] = [];
  let heading = '';
  let blocks: Record<string, string> = {};
  for (const [, title, kind, body] of page.matchAll(/^## (.*)$|^```([a-z ]+)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    if (kind === undefined || body === undefined) continue;
    blocks[kind] = body.trim();
    if (kind !== 'json') continue;
    const { xsd = '', 'xsd global': globals = '', 'wsdl parts': parts = '', xml = '', json = '' } = blocks;
    examples.push({ heading, content: xsd, globals, parts, xml, json: JSON.parse(json) as JsonValue });
    blocks = {};
  }
  return examples;
}

async function codecOf(example: Example): Promise<OperationCodec> {
  const { contract, diagnostics } = await compileContract('example.wsdl', {
    load: async () => Buffer.from(wsdl(example)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return compileCodec(contract, { operation: 'Example' });
}

const NAMESPACES =
  'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:t="urn:example"';
const ENCODING_STYLE = 'http://schemas.xmlsoap.org/soap/encoding/';

function envelope({ parts, xml }: Example): Buffer {
  const root =
    parts === ''
      ? `<Example xmlns="urn:example">${xml}</Example>`
      : `<t:Example soap:encodingStyle="${ENCODING_STYLE}">${xml}</t:Example>`;
  return Buffer.from(`<soap:Envelope ${NAMESPACES}><soap:Body>${root}</soap:Body></soap:Envelope>`);
}

function wsdl({ content, globals, parts }: Example): string {
  const isEncoded = parts !== '';
  const body = isEncoded
    ? `<soap:body use="encoded" encodingStyle="${ENCODING_STYLE}" namespace="urn:example"/>`
    : '<soap:body use="literal"/>';
  return `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:soapenc="${ENCODING_STYLE}" xmlns:t="urn:example" xmlns="urn:example" targetNamespace="urn:example" name="Mapping">
  <wsdl:types><xs:schema targetNamespace="urn:example" elementFormDefault="qualified">
    <xs:element name="Example"><xs:complexType>${content}</xs:complexType></xs:element>
    ${globals}
  </xs:schema></wsdl:types>
  <wsdl:message name="RunRequest">${isEncoded ? parts : '<wsdl:part name="parameters" element="Example"/>'}</wsdl:message>
  <wsdl:portType name="Mapping"><wsdl:operation name="Example"><wsdl:input message="RunRequest"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="Mapping" type="Mapping">
    <soap:binding style="${isEncoded ? 'rpc' : 'document'}" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Example"><soap:operation soapAction=""/><wsdl:input>${body}</wsdl:input></wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Mapping"><wsdl:port name="Mapping" binding="Mapping"><soap:address location="http://127.0.0.1/"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}
