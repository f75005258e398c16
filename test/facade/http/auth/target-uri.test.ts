import assert from 'node:assert/strict';
import { hashOf } from '../../../../facade/http/auth/credentials.ts';
import { ProofKeys } from '../../../../facade/http/auth/dpop/proof-keys.ts';
import { publicBase, requestUri, targetUri } from '../../../../facade/http/auth/dpop/target-uri.ts';

describe('the URL that a proof names', () => {
  it('has one form for all that are equivalent', () => {
    const one = 'https://api.example/a/~b%2F%C3%A9';
    for (const uri of [
      one,
      'HTTPS://API.EXAMPLE:443/a/%7Eb%2f%c3%a9',
      'https://api.example/a/x/../~b%2F%C3%A9?q=1#f',
      'https://api.example/./%61/~%62%2F%C3%A9?',
    ])
      assert.equal(targetUri(uri), one, uri);
    assert.equal(targetUri('https://api.example'), 'https://api.example/');
    assert.equal(targetUri('http://api.example:80/'), 'http://api.example/');
    assert.equal(targetUri('https://[2001:DB8::1]:8443/'), 'https://[2001:db8::1]:8443/');
  });

  it('is none for what is no plain http URI', () => {
    for (const uri of [
      undefined,
      7,
      '',
      '/a',
      'ftp://a/',
      'javascript:alert(1)',
      'https:/a.example/',
      'https:a.example/',
      'https://',
      'https://a.example/\n',
      'https://a.example/ b',
      'https://a.example/\\b',
      'https://a.example/é',
      'https://u@a.example/',
      'https://:p@a.example/',
      'https://a.example:99999/',
    ])
      assert.equal(targetUri(uri), undefined, String(uri));
  });

  it('is that of the request below the public URL, whose own path a proxy takes off', () => {
    const base = publicBase('https://API.example:443/bank/');
    assert.equal(base, 'https://api.example/bank');
    assert.equal(requestUri(base, '/v1/a%2fb?x=/y'), 'https://api.example/bank/v1/a%2Fb');
    assert.equal(requestUri(publicBase('https://api.example'), '/'), 'https://api.example/');
    assert.notEqual(requestUri(base, '/v1/x/../a'), targetUri('https://api.example/bank/v1/x/../a'));
  });
});

describe('the example of RFC 9449', () => {
  it('has the hash of its token, and the thumbprint of its key', async () => {
    assert.equal(
      hashOf('Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'),
      'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
    );
    const jwk = {
      kty: 'EC',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      crv: 'P-256',
    };
    const { jkt } = await new ProofKeys(['ES256']).find('header', { typ: 'dpop+jwt', alg: 'ES256', jwk });
    assert.equal(jkt, '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  });
});
