import assert from 'node:assert/strict';
import { toServedDocument, type DocumentLinks } from '../../mocks/wsdl-documents.ts';
import type { MockedContract } from '../../mocks/endpoint.ts';

const links: DocumentLinks = {
  self: 'http://mock/S/P',
  queryOf: (index) => `xsd=${index}`,
  endpointOf: (service, port) => (service === 'S' && port === 'P' ? 'http://mock/S/P' : undefined),
};

function serve(xml: string | Buffer, ...others: string[]): string | undefined {
  const documents = [{ uri: '/c/main.wsdl', kind: 'wsdl' as const, bytes: Buffer.from(xml) }].concat(
    others.map((uri) => ({ uri, kind: 'schema' as never, bytes: Buffer.from('') })),
  );
  return toServedDocument({ documents } as unknown as MockedContract, 0, links);
}

describe('toServedDocument', () => {
  it('puts the address of its own ports and leaves others alone', () => {
    const port = (name: string): string =>
      `<w:port name="${name}"><soap:address location="http://old"/></w:port>`;
    const xml = serve(`<w:service name="S">${port('P')}${port('Q')}</w:service>`);
    const expected = `<w:service name="S">${port('P').replace('http://old', 'http://mock/S/P')}${port('Q')}</w:service>`;
    assert.equal(xml, expected);
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
