import assert from 'node:assert/strict';
import { toServedDocument, type DocumentLinks } from '../../mocks/wsdl-documents.ts';
import type { MockedContract } from '../../mocks/endpoint.ts';

const links: DocumentLinks = {
  self: 'http://mock/S/P',
  queryOf: (index) => `xsd=${index}`,
  endpointOf: (service, port) =>
    service === 'S' && /^(?:P|Bare)$/.test(port) ? `http://mock/S/${port}` : undefined,
};

const contract = {
  services: [
    {
      name: 'S',
      ports: [
        { name: 'P', binding: 'B', address: 'http://old' },
        { name: 'Bare', binding: 'B' },
      ],
    },
  ],
  bindings: { B: { soapVersion: '1.2' } },
};

function serve(xml: string | Buffer, ...others: string[]): string | undefined {
  const documents = [{ uri: '/c/main.wsdl', kind: 'wsdl' as const, bytes: Buffer.from(xml) }].concat(
    others.map((uri) => ({ uri, kind: 'schema' as never, bytes: Buffer.from('') })),
  );
  return toServedDocument({ contract, documents } as unknown as MockedContract, 0, links);
}

const port = (name: string): string =>
  `<w:port name="${name}"><soap:address location="http://old"/></w:port>`;

describe('toServedDocument', () => {
  it('puts the address of its own ports and leaves others alone', () => {
    const xml = serve(`<w:service name="S">${port('P')}${port('Q')}</w:service>`);
    const expected = `<w:service name="S">${port('P').replace('http://old', 'http://mock/S/P')}${port('Q')}</w:service>`;
    assert.equal(xml, expected);
  });

  it('gives an address to a port that has none', () => {
    const address = `<s:address xmlns:s="http://schemas.xmlsoap.org/wsdl/soap12/" location="http://mock/S/Bare"/>`;
    assert.equal(
      serve('<w:service name="S"><w:port name="Bare"/></w:service>'),
      `<w:service name="S"><w:port name="Bare">${address}</w:port></w:service>`,
    );
    assert.equal(
      serve('<w:service name="S"><w:port name="Bare">\n</w:port></w:service>'),
      `<w:service name="S"><w:port name="Bare">${address}\n</w:port></w:service>`,
    );
  });

  it('leads an import where the loader was led, whatever its location says, or without one', () => {
    const main = {
      uri: '/c/main.wsdl',
      kind: 'wsdl',
      bytes: Buffer.from(
        '<xs:import namespace="urn:a" schemaLocation="http://far/a.xsd"/><xs:import namespace="urn:b"/>',
      ),
      links: [
        { namespace: 'urn:a', location: 'http://far/a.xsd', uri: '/copies/a.xsd' },
        { namespace: 'urn:b', uri: '/copies/b.xsd' },
      ],
    };
    const copies = ['/copies/a.xsd', '/copies/b.xsd'].map((uri) => ({
      uri,
      kind: 'schema',
      bytes: Buffer.from(''),
    }));
    const mocked = { contract, documents: [main, ...copies] } as unknown as MockedContract;
    assert.equal(
      toServedDocument(mocked, 0, links),
      '<xs:import namespace="urn:a" schemaLocation="http://mock/S/P?xsd=1"/><xs:import schemaLocation="http://mock/S/P?xsd=2" namespace="urn:b"/>',
    );
  });

  it('leads imports and includes to its own copies, resolved against the document', () => {
    const xml = serve(
      `<xs:import schemaLocation='../a%20b.xsd'/><xs:include schemaLocation="http://h/x.xsd"/><xs:import namespace="u"/><w:import location="gone.wsdl"/>`,
      '/a b.xsd',
      'http://h/x.xsd',
    );
    assert.equal(
      xml,
      `<xs:import schemaLocation='http://mock/S/P?xsd=1'/><xs:include schemaLocation="http://mock/S/P?xsd=2"/><xs:import namespace="u"/><w:import location="gone.wsdl"/>`,
    );
  });

  it('leaves everything else as it was written, comments included', () => {
    const xml = `<!-- <xs:include schemaLocation="main.wsdl"/> --><a  b = 'c'/>`;
    assert.equal(serve(xml), xml);
  });

  it('is in UTF-8, and says so', () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1');
    assert.equal(serve(bytes), '<?xml version="1.0" encoding="UTF-8"?><a>é</a>');
  });
});
