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
      const decoded = codec.input.decode(envelope(example.xml));
      assert.ok(decoded.kind === 'message');
      assert.deepEqual(JSON.parse(Buffer.from(decoded.json).toString('utf8')), example.json);
      assert.equal(canonical(codec.input.encode(example.json)), canonical(envelope(example.xml)));
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
    const { xsd = '', 'xsd global': globals = '', xml = '', json = '' } = blocks;
    examples.push({ heading, content: xsd, globals, xml, json: JSON.parse(json) as JsonValue });
    blocks = {};
  }
  return examples;
}

async function codecOf(example: Example): Promise<OperationCodec> {
  const { contract, diagnostics } = await compileContract('example.wsdl', {
    load: async () => Buffer.from(wsdl(example)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return compileCodec(contract, { operation: 'Run' });
}

function envelope(content: string): Buffer {
  return Buffer.from(
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:example"><soap:Body><Example xmlns="urn:example">${content}</Example></soap:Body></soap:Envelope>`,
  );
}

function wsdl({ content, globals }: Example): string {
  return `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:example" targetNamespace="urn:example" name="Mapping">
  <wsdl:types><xs:schema targetNamespace="urn:example" elementFormDefault="qualified">
    <xs:element name="Example"><xs:complexType>${content}</xs:complexType></xs:element>
    ${globals}
  </xs:schema></wsdl:types>
  <wsdl:message name="RunRequest"><wsdl:part name="parameters" element="Example"/></wsdl:message>
  <wsdl:portType name="Mapping"><wsdl:operation name="Run"><wsdl:input message="RunRequest"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="Mapping" type="Mapping">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Run"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Mapping"><wsdl:port name="Mapping" binding="Mapping"><soap:address location="http://127.0.0.1/"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}
