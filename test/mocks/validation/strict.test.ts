import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createMockServer, type MockServer, type MockServerOptions } from '../../../mocks/index.ts';
import { loadContract } from '../../../wsdl/index.ts';
import { GREETER, withDocuments } from '../contracts.ts';
import { envelope, post, postBody } from '../soap-client.ts';

/** Seats that may each be taken once: a rule (xs:unique) that no Contract carries and no codec knows. */
const THEATRE = `<wsdl:definitions name="Theatre" targetNamespace="urn:theatre" xmlns:tns="urn:theatre"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types><xs:schema targetNamespace="urn:theatre" elementFormDefault="qualified">
    <xs:complexType name="Seats"><xs:sequence><xs:element name="Seat" maxOccurs="9"><xs:complexType>
      <xs:attribute name="place" type="xs:int" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
    <xs:element name="Book" type="tns:Seats"><xs:unique name="once"><xs:selector xpath="tns:Seat"/><xs:field xpath="@place"/></xs:unique></xs:element>
    <xs:element name="Booked" type="tns:Seats"><xs:unique name="booked-once"><xs:selector xpath="tns:Seat"/><xs:field xpath="@place"/></xs:unique></xs:element>
  </xs:schema></wsdl:types>
  <wsdl:message name="In"><wsdl:part name="p" element="tns:Book"/></wsdl:message>
  <wsdl:message name="Out"><wsdl:part name="p" element="tns:Booked"/></wsdl:message>
  <wsdl:portType name="Theatre"><wsdl:operation name="Book"><wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="Theatre" type="tns:Theatre"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Book"><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>
  <wsdl:service name="Theatre"><wsdl:port name="Theatre" binding="tns:Theatre"><soap:address location="http://localhost/"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;

const TWICE = `<t:Book xmlns:t="urn:theatre">
  <t:Seat place="4"/>
  <t:Seat place="5"/>
  <t:Seat place="4"/>
</t:Book>`;
const ONCE = '<Book xmlns="urn:theatre"><Seat place="4"/></Book>';

async function withTheatre(
  options: Omit<MockServerOptions, 'wsdl'>,
  use: (mock: MockServer, endpoint: string) => Promise<void>,
): Promise<void> {
  await withDocuments({ 'theatre.wsdl': THEATRE }, async (folder) => {
    const mock = await createMockServer({ wsdl: join(folder, 'theatre.wsdl'), ...options });
    try {
      await use(mock, mock.endpointOf('Theatre', 'Theatre'));
    } finally {
      await mock.close();
    }
  });
}

async function withGreeter(strict: boolean, use: (endpoint: string) => Promise<void>): Promise<void> {
  await withDocuments(GREETER, async (folder) => {
    const mock = await createMockServer({ wsdl: join(folder, 'greeter.wsdl'), strict });
    try {
      await use(mock.endpointOf('Greeter', 'Greeter11'));
    } finally {
      await mock.close();
    }
  });
}

const answersTwice = { Book: () => ({ output: { seat: [{ place: 7 }, { place: 7 }] } }) };

describe('the strict mock', () => {
  it('refuses a request for what only the schema knows, with rule, line and XPath', () =>
    withTheatre({ strict: true }, async (_mock, endpoint) => {
      const { status, text } = await postBody(endpoint, '1.1', TWICE);
      assert.equal(status, 500);
      assert.match(text, /:Client</);
      assert.match(
        text,
        /rule="identity-constraint" line="4" xpath="\/s:Envelope\/s:Body\/t:Book\/t:Seat\[3\]"/,
      );
    }));

  it('takes the same request where it is not strict', () =>
    withTheatre({}, async (_mock, endpoint) => {
      assert.equal((await postBody(endpoint, '1.1', TWICE)).status, 200);
    }));

  it('answers what is valid', () =>
    withTheatre({ strict: true }, async (_mock, endpoint) => {
      const { status, text } = await postBody(endpoint, '1.1', ONCE);
      assert.equal(status, 200, text);
      assert.match(text, /Booked/);
    }));

  it('sends a Server fault, kept in the journal, in place of an invalid answer', () =>
    withTheatre({ strict: true, handlers: answersTwice }, async (mock, endpoint) => {
      const { status, text } = await postBody(endpoint, '1.1', ONCE);
      assert.equal(status, 500);
      assert.match(text, /:Server<.*the answer of Book does not fit its contract.*identity-constraint/s);
      assert.equal(mock.calls[0]?.outcome, 'fault');
      assert.deepEqual(mock.calls[0].answeredBy, { kind: 'refused' });
      assert.match(mock.calls[0].response.xml ?? '', /does not fit its contract/);
    }));

  it('lets header blocks pass that the contract does not declare', () =>
    withTheatre({ strict: true }, async (_mock, endpoint) => {
      const xml = envelope('1.1', ONCE).replace(
        '<s:Body>',
        '<s:Header><x:Trace xmlns:x="urn:x">1</x:Trace></s:Header><s:Body>',
      );
      assert.equal((await post(endpoint, xml, { 'content-type': 'text/xml' })).status, 200);
    }));

  it('reads a request in another encoding than UTF-8', () =>
    withTheatre({ strict: true }, async (_mock, endpoint) => {
      const xml = `<?xml version="1.0" encoding="UTF-16"?>\n${envelope('1.1', TWICE)}`;
      const { text } = await post(endpoint, new Uint8Array(Buffer.from(`\ufeff${xml}`, 'utf16le')), {
        'content-type': 'text/xml; charset=utf-16',
      });
      assert.match(text, /line="5"/);
    }));

  it('does not start without the documents of a contract', () =>
    withDocuments({ 'theatre.wsdl': THEATRE }, async (folder) => {
      const wsdl = await loadContract(join(folder, 'theatre.wsdl'));
      await assert.rejects(
        createMockServer({ wsdl, strict: true }),
        /strict mode needs the documents of Theatre/,
      );
    }));
});

describe('a request that the codec refuses', () => {
  const name = 'a'.repeat(30);
  const messages: Readonly<
    Record<string, readonly [xml: string, rule: string, line: number, xpath: string]>
  > = {
    'a long value, some lines down': [
      `<g:Greet xmlns:g="urn:greeter">\n\n  <g:Name>${name}</g:Name>\n</g:Greet>`,
      'invalid-value',
      3,
      '/s:Envelope/s:Body/g:Greet/g:Name',
    ],
    'a repeated element': [
      '<Greet xmlns="urn:greeter">\n<Name>Ada</Name>\n<Name>Ben</Name></Greet>',
      'unexpected-element',
      3,
      '/s:Envelope/s:Body/Greet/Name[2]',
    ],
    'a missing element': [
      '<Greet xmlns="urn:greeter">\n<Times>3</Times>\n</Greet>',
      'missing-element',
      2,
      '/s:Envelope/s:Body/Greet',
    ],
    'a message that ends too early': [
      '<Greet xmlns="urn:greeter">\n<Name>Ada</Nam>',
      'not-xml',
      2,
      '/s:Envelope/s:Body/Greet/Name',
    ],
  };
  for (const [title, [xml, rule, line, xpath]] of Object.entries(messages))
    it(`${title}: is told rule, line and XPath`, () =>
      withGreeter(false, async (endpoint) => {
        const { text } = await postBody(endpoint, '1.1', xml);
        const [, ...told] = /rule="([^"]*)" line="(\d+)" xpath="([^"]*)"/.exec(text) ?? [];
        assert.deepEqual(told, [rule, String(line), xpath], text);
      }));

  it('is told the place in a message of many lines', () =>
    withGreeter(false, async (endpoint) => {
      const comments = '<!-- a line of no meaning -->\n'.repeat(2000);
      const { text } = await postBody(
        endpoint,
        '1.1',
        `<Greet xmlns="urn:greeter">${comments}<Name/></Greet>`,
      );
      assert.match(text, /line="2001"/);
    }));
});
