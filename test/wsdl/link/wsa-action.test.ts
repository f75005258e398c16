import assert from 'node:assert/strict';
import { contractOf, definitions, schema } from './wsdl-text.ts';

interface Case {
  readonly soapAction?: string;
  /** Attributes of wsdl:input. */
  readonly input?: string;
  readonly isOneWay?: boolean;
  readonly namespace?: string;
}

/** The action of the input in the contract of a small WSDL. */
async function actionOf({
  soapAction = '',
  input = '',
  isOneWay = false,
  namespace = 'urn:test',
}: Case): Promise<string | undefined> {
  const output = isOneWay ? '' : '<output message="t:Ask"/>';
  const wsdl = definitions(`<types>${schema('<xs:element name="Ask" type="xs:string"/>')}</types>
    <message name="Ask"><part name="ask" element="t:Ask"/></message>
    <portType name="Bank"><operation name="Get"><input message="t:Ask" ${input}/>${output}</operation></portType>
    <binding name="B" type="t:Bank"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="Get"><soap:operation soapAction="${soapAction}"/><input><soap:body use="literal"/></input>
        <output><soap:body use="literal"/></output></operation></binding>
    <service name="S"><port name="Port" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>`);
  const contract = await contractOf(wsdl.replaceAll('urn:test', namespace));
  return contract.bindings[`{${namespace}}B`]?.operations[0]?.wsaAction;
}

describe('the WS-Addressing action of an operation', () => {
  it('is the one that the WSDL names, in the namespace of the standard or of its forerunners', async () => {
    for (const namespace of [
      'http://www.w3.org/2007/05/addressing/metadata',
      'http://www.w3.org/2006/05/addressing/wsdl',
      'http://schemas.xmlsoap.org/ws/2004/08/addressing',
    ]) {
      const input = `xmlns:w="${namespace}" w:Action="urn:get"`;
      assert.equal(await actionOf({ input, soapAction: 'urn:other' }), 'urn:get');
    }
  });

  it('is left out where it is the soapAction', async () => {
    assert.equal(await actionOf({ soapAction: 'urn:get' }), undefined);
    const input = 'xmlns:w="http://www.w3.org/2007/05/addressing/metadata" w:Action="urn:get"';
    assert.equal(await actionOf({ input, soapAction: 'urn:get' }), undefined);
  });

  it('is made of the names of the WSDL where it says none', async () => {
    assert.equal(await actionOf({}), 'urn:test:Bank:GetRequest');
    assert.equal(await actionOf({ isOneWay: true }), 'urn:test:Bank:Get');
    assert.equal(await actionOf({ input: 'name="Ask"' }), 'urn:test:Bank:Ask');
    assert.equal(await actionOf({ namespace: 'http://a.example/b/' }), 'http://a.example/b/Bank/GetRequest');
    assert.equal(await actionOf({ namespace: 'http://a.example/b' }), 'http://a.example/b/Bank/GetRequest');
  });
});
