import assert from 'node:assert/strict';
import { readBodyName } from '../../mocks/body-name.ts';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

describe('readBodyName', () => {
  it('reads the name of the first child, whatever the prefixes', () => {
    const xml = `<Envelope xmlns="${SOAP_11}"><Body><t:Ping xmlns:t="urn:t"/></Body></Envelope>`;
    assert.deepEqual(readBodyName(xml), { kind: 'soap', soapVersion: '1.1', body: '{urn:t}Ping' });
  });

  it('finds namespaces that the Envelope or the Body declares', () => {
    const xml = `<s:Envelope xmlns:s="${SOAP_12}" xmlns:t="urn:a"><s:Body xmlns:t="urn:b"><t:Ping/></s:Body></s:Envelope>`;
    assert.deepEqual(readBodyName(xml), { kind: 'soap', soapVersion: '1.2', body: '{urn:b}Ping' });
  });

  it('is not misled by a Body inside a header block', () => {
    const header = `<s:Header><x:H xmlns:x="urn:x"><s:Body><x:No/></s:Body></x:H></s:Header>`;
    const xml = `<s:Envelope xmlns:s="${SOAP_11}">${header}<s:Body><Ping xmlns=""/></s:Body></s:Envelope>`;
    assert.deepEqual(readBodyName(xml), { kind: 'soap', soapVersion: '1.1', body: '{}Ping' });
  });

  it('knows an empty body in both its spellings', () => {
    for (const body of ['<s:Body/>', '<s:Body>  <!-- nothing --></s:Body>']) {
      const xml = `<s:Envelope xmlns:s="${SOAP_11}">${body}</s:Envelope>`;
      assert.deepEqual(readBodyName(xml), { kind: 'soap', soapVersion: '1.1', body: '' });
    }
  });

  it('tells an Envelope of another version from what is no SOAP', () => {
    assert.deepEqual(readBodyName('<Envelope xmlns="urn:soap-9"/>'), {
      kind: 'other',
      namespace: 'urn:soap-9',
    });
    assert.deepEqual(readBodyName('<html/>'), { kind: 'none' });
    assert.deepEqual(readBodyName('not XML at all'), { kind: 'none' });
  });
});
