import assert from 'node:assert/strict';
import type { ServiceConfig } from '../../../facade/config/config.ts';
import { assertSignable } from '../../../facade/operations/assert-signable.ts';
import type { Route } from '../../../openapi/index.ts';
import { contractOf, definitions } from '../../wsdl/link/wsdl-text.ts';

const operation = (name: string, content: string): string =>
  `<operation name="${name}"><soap:operation soapAction="urn:a"/><input><mime:multipartRelated><mime:part><soap:body parts="" use="literal"/></mime:part>${content}</mime:multipartRelated></input></operation>`;

const WSDL =
  definitions(`<message name="Scan"><part name="image" type="xs:base64Binary"/></message><message name="None"/>
  <portType name="P"><operation name="Send"><input message="t:Scan"/></operation><operation name="Ask"><input message="t:None"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    ${operation('Send', '<mime:part><mime:content part="image" type="image/png"/></mime:part>')}
    <operation name="Ask"><soap:operation soapAction="urn:b"/><input><soap:body use="literal"/></input></operation></binding>
  <service name="S"><port name="Port" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>`);

describe('a signature', () => {
  it('is refused for an operation with attachments, and only with a signature', async () => {
    const contract = await contractOf(WSDL);
    const route = (name: string): Route =>
      ({ service: 'core', wsdlService: 'S', port: 'Port', operation: name }) as unknown as Route;
    const signed = { security: { signature: {} } } as unknown as ServiceConfig;
    assert.throws(() => {
      assertSignable(contract, route('Send'), signed);
    }, /services\.core\.security\.signature: .*"Send" has attachments/);
    assertSignable(contract, route('Ask'), signed);
    assertSignable(contract, route('Send'), { security: {} } as unknown as ServiceConfig);
  });
});
