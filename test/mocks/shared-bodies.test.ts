import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createMockServer } from '../../mocks/index.ts';
import { withDocuments } from './contracts.ts';
import { envelope, post } from './soap-client.ts';

const NS = 'urn:shared';

/** rpc operations whose wrapper is the same: by overloading (Find), and by sending nothing of their own (Drop). */
const SHARED = `<w:definitions name="Shared" targetNamespace="${NS}" xmlns:t="${NS}" xmlns:w="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <w:types><xs:schema targetNamespace="${NS}" elementFormDefault="qualified">
    <xs:element name="Ask" type="xs:string"/><xs:element name="ByAction" type="xs:string"/><xs:element name="Other" type="xs:string"/>
  </xs:schema></w:types>
  <w:message name="Ask"><w:part name="p" element="t:Ask"/></w:message>
  <w:message name="One"><w:part name="p" element="t:ByAction"/></w:message>
  <w:message name="Two"><w:part name="p" element="t:Other"/></w:message>
  <w:message name="FindById"><w:part name="id" type="xs:int"/></w:message>
  <w:message name="FindByName"><w:part name="name" type="xs:string"/></w:message>
  <w:message name="Found"><w:part name="hit" type="xs:string"/></w:message>
  <w:message name="FoundMany"><w:part name="hits" type="xs:int"/></w:message>
  <w:portType name="Doc">
    <w:operation name="Tell"><w:input message="t:Ask"/></w:operation>
    <w:operation name="First"><w:input message="t:Ask"/><w:output message="t:One"/></w:operation>
    <w:operation name="Second"><w:input message="t:Ask"/><w:output message="t:Two"/></w:operation>
  </w:portType>
  <w:portType name="Rpc">
    <w:operation name="Find"><w:input name="ById" message="t:FindById"/><w:output name="A" message="t:Found"/></w:operation>
    <w:operation name="Find"><w:input name="ByName" message="t:FindByName"/><w:output name="B" message="t:FoundMany"/></w:operation>
  </w:portType>
  <w:binding name="Doc" type="t:Doc"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="Tell"><soap:operation soapAction="urn:tell"/><w:input><soap:body use="literal"/></w:input></w:operation>
    ${['First', 'Second'].map((name) => `<w:operation name="${name}"><soap:operation soapAction="urn:${name}"/><w:input><soap:body use="literal"/></w:input><w:output><soap:body use="literal"/></w:output></w:operation>`).join('')}
  </w:binding>
  <w:binding name="Rpc" type="t:Rpc"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${[
      ['ById', 'A'],
      ['ByName', 'B'],
    ]
      .map(
        ([input = '', output = '']) =>
          `<w:operation name="Find"><soap:operation soapAction=""/><w:input name="${input}"><soap:body use="literal" namespace="${NS}"/></w:input><w:output name="${output}"><soap:body use="literal" namespace="${NS}"/></w:output></w:operation>`,
      )
      .join('')}
  </w:binding>
  <w:service name="Shared"><w:port name="Doc" binding="t:Doc"/><w:port name="Rpc" binding="t:Rpc"/></w:service>
</w:definitions>`;

async function ask(port: string, body: string, action: string): Promise<string> {
  return withDocuments({ 'shared.wsdl': SHARED }, async (folder) => {
    const mock = await createMockServer({ wsdl: join(folder, 'shared.wsdl') });
    try {
      const headers = { 'content-type': 'text/xml', soapaction: `"${action}"` };
      const { status, text } = await post(mock.endpointOf('Shared', port), envelope('1.1', body), headers);
      return `${status} ${text}`;
    } finally {
      await mock.close();
    }
  });
}

const ASK = `<Ask xmlns="${NS}">x</Ask>`;

describe('the mock: operations that share a body element', () => {
  it('are told apart by the SOAPAction', async () => {
    assert.match(await ask('Doc', ASK, 'urn:First'), /^200 .*ByAction/s);
    assert.match(await ask('Doc', ASK, 'urn:Second'), /^200 .*Other/s);
    assert.match(await ask('Doc', ASK, 'urn:tell'), /^202 $/);
  });

  it('and without one the first that has an answer is meant', async () => {
    assert.match(await ask('Doc', ASK, ''), /^200 .*ByAction/s);
  });

  it('overloaded ones are told apart by what the request holds', async () => {
    assert.match(await ask('Rpc', `<t:Find xmlns:t="${NS}"><id>4</id></t:Find>`, ''), /<hit>/);
    assert.match(await ask('Rpc', `<t:Find xmlns:t="${NS}"><name>Ada</name></t:Find>`, ''), /<hits>/);
  });

  it('a request that fits none is refused by the rules of the first', async () => {
    assert.match(await ask('Rpc', `<t:Find xmlns:t="${NS}"><size>4</size></t:Find>`, ''), /:Client<.*size/s);
  });
});
