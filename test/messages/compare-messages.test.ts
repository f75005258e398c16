import assert from 'node:assert/strict';
import { schema, wsdlAround } from '../wsdl/link/wsdl-text.ts';
import { compareMessages, type MessageVerdict } from './compare-messages.ts';

const WSDL = wsdlAround(
  schema(
    '<xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="A" type="xs:decimal"/><xs:element name="B" type="xs:string" minOccurs="0"/></xs:sequence><xs:attribute name="c"/><xs:attribute name="d"/></xs:complexType></xs:element>',
  ),
);

describe('comparing recorded messages', () => {
  it('finds the same whatever the prefixes, order of attributes, comments, blanks between elements and CDATA sections', async () => {
    const { kind, reason } = await verdictOn(
      '<x:Run xmlns:x="urn:test" d="1" c="2">\n  <!-- one --> <x:A>33.00</x:A><x:B>a<![CDATA[<b>]]>c<!-- --> d</x:B>\n</x:Run>',
    );
    assert.equal(kind, 'same', reason);
  });

  it('gives the reason where a message breaks its own schema', async () => {
    const { kind, reason } = await verdictOn('<Run xmlns="urn:test"><B>b</B></Run>');
    assert.equal(kind, 'invalid');
    assert.match(reason ?? '', /B.*This element is not expected.*A/s);
  });

  it('passes faults over, and tells what is not XML', async () => {
    assert.equal(
      (await verdictOn('<s:Fault><faultcode>s:Server</faultcode><faultstring>x</faultstring></s:Fault>'))
        .kind,
      'fault',
    );
    assert.equal((await verdictOn('<Run>')).kind, 'invalid');
  });

  it('says so where the contract does not compile', async () => {
    assert.equal((await verdictOn('<Run/>', '<definitions/>')).kind, 'broken');
  });
});

async function verdictOn(body: string, wsdl = WSDL): Promise<MessageVerdict> {
  const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
  const message = { name: 'request.xml', direction: 'input', xml: Buffer.from(envelope) } as const;
  const [verdict] = await compareMessages('test.wsdl', [message], { load: async () => Buffer.from(wsdl) });
  return verdict!;
}
