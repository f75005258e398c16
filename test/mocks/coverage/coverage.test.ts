import assert from 'node:assert/strict';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import {
  createMockServer,
  toCoveragePage,
  toJunit,
  type CoverageReport,
  type MockServer,
  type MockServerOptions,
} from '../../../mocks/index.ts';
import { withDocuments } from '../contracts.ts';
import { postBody } from '../soap-client.ts';

const NS = 'urn:shop';

/** One of each that coverage knows: optional member and attribute, choice, derived type, enumeration, nil, fault. */
const SHOP = `<w:definitions name="Shop" targetNamespace="${NS}" xmlns:t="${NS}" xmlns:w="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <w:types><xs:schema targetNamespace="${NS}" elementFormDefault="qualified">
    <xs:simpleType name="Size"><xs:restriction base="xs:string"><xs:enumeration value="S"/><xs:enumeration value="L"/></xs:restriction></xs:simpleType>
    <xs:complexType name="Item"><xs:sequence><xs:element name="Size" type="t:Size" nillable="true"/></xs:sequence><xs:attribute name="gift" type="xs:boolean"/></xs:complexType>
    <xs:complexType name="Book"><xs:complexContent><xs:extension base="t:Item"><xs:sequence><xs:element name="Pages" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
    <xs:element name="Order"><xs:complexType><xs:sequence>
      <xs:element name="Item" type="t:Item" maxOccurs="9"/><xs:element name="Note" type="xs:string" minOccurs="0"/>
      <xs:choice><xs:element name="Card" type="xs:string"/><xs:element name="Cash" type="xs:int"/></xs:choice>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="Ordered" type="xs:string"/><xs:element name="SoldOut" type="xs:string"/>
  </xs:schema></w:types>
  <w:message name="In"><w:part name="p" element="t:Order"/></w:message><w:message name="Out"><w:part name="p" element="t:Ordered"/></w:message>
  <w:message name="Gone"><w:part name="p" element="t:SoldOut"/></w:message>
  <w:portType name="Shop"><w:operation name="Order"><w:input message="t:In"/><w:output message="t:Out"/><w:fault name="SoldOut" message="t:Gone"/></w:operation></w:portType>
  <w:binding name="Shop" type="t:Shop"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="Order"><w:input><soap:body use="literal"/></w:input><w:output><soap:body use="literal"/></w:output><w:fault name="SoldOut"><soap:fault name="SoldOut" use="literal"/></w:fault></w:operation></w:binding>
  <w:service name="Shop"><w:port name="Shop" binding="t:Shop"><soap:address location="http://localhost/"/></w:port></w:service>
</w:definitions>`;

const PLAIN = `<Order xmlns="${NS}"><Item><Size>S</Size></Item><Cash>3</Cash></Order>`;
const RICH = `<Order xmlns="${NS}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="${NS}"><Item gift="true"><Size i:nil="true"/></Item>
  <Item i:type="t:Book"><Size>L</Size><Pages>7</Pages></Item><Note>x</Note><Card>c</Card></Order>`;

async function withShop(
  options: Partial<MockServerOptions>,
  use: (mock: MockServer, order: (xml: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await withDocuments({ 'shop.wsdl': SHOP }, async (folder) => {
    const mock = await createMockServer({ wsdl: join(folder, 'shop.wsdl'), coverage: true, ...options });
    try {
      await use(mock, (xml) => postBody(mock.endpointOf('Shop', 'Shop'), '1.1', xml));
    } finally {
      await mock.close();
    }
  });
}

function missingIn({ messages }: CoverageReport): string[] {
  return messages
    .filter(({ direction, count }) => direction === 'request' && count === 0)
    .map(({ kind, where, name }) => `${kind} ${where} ${name}`)
    .sort();
}

const soldOut = {
  Order: () => ({ fault: { name: 'SoldOut', reason: 'no more', value: 'gone' } }),
};

describe('coverage of the mock', () => {
  it('tells what no request has shown yet', () =>
    withShop({}, async (mock, order) => {
      await order(PLAIN);
      assert.deepEqual(missingIn(mock.coverage()), [
        'branch Order card',
        'member Item gift',
        'member Order note',
        'nil Item size',
        'type Item Book',
        'value Size L',
      ]);
      await order(RICH);
      assert.deepEqual(missingIn(mock.coverage()), []);
      assert.equal(mock.coverage().summary.requests.percent, 100);
    }));

  it('counts requests, answers and declared faults of each operation', () =>
    withShop({ handlers: soldOut }, async (mock, order) => {
      await order(PLAIN);
      assert.deepEqual(mock.coverage().operations, [
        {
          service: 'Shop',
          port: 'Shop',
          operation: 'Order',
          requests: 1,
          answers: 0,
          faults: [{ name: 'SoldOut', count: 1 }],
        },
      ]);
    }));

  it('takes no notice of a request that goes against the contract', () =>
    withShop({}, async (mock, order) => {
      await order(`<Order xmlns="${NS}"/>`);
      assert.equal(mock.coverage().operations[0]?.requests, 0);
      assert.equal(mock.coverage().summary.operations.percent, 0);
    }));

  it('is forgotten by a reset', () =>
    withShop({}, async (mock, order) => {
      await order(RICH);
      mock.reset();
      assert.equal(mock.coverage().summary.total.seen, 0);
    }));

  it('is not counted unless asked for', () =>
    withShop({ coverage: false }, async (mock) => {
      assert.throws(() => mock.coverage(), /create it with coverage: true/);
      await Promise.resolve();
    }));

  it('as JUnit XML has a failed case for each thing that was not seen', () =>
    withShop({}, async (mock, order) => {
      await order(PLAIN);
      using document = XmlDocument.fromString(toJunit(mock.coverage()));
      const failed = document.find('//testcase[failure]').map((node) => node.get('@name')?.content);
      assert.deepEqual(failed, ['Order: fault SoldOut', 'Item', 'Size', 'Order']);
      assert.equal(document.get('/testsuites/@failures')?.content, '4');
    }));

  it('as a page needs no other file and no script, and writes names as text', () =>
    withShop({}, async (mock, order) => {
      await order(PLAIN);
      const page = toCoveragePage(mock.coverage());
      assert.doesNotMatch(page, /<script|src=|href=/);
      assert.match(page, /class="missing">Book</);
      const [operation] = mock.coverage().operations;
      const evil = { ...mock.coverage(), operations: [{ ...operation!, operation: '<img onerror=x>' }] };
      assert.doesNotMatch(toCoveragePage(evil), /<img/);
    }));
});
