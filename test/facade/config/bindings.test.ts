import assert from 'node:assert/strict';
import { formatConfigProblem } from '../../../facade/config/config-problem.ts';
import { parseConfig } from '../../../facade/config/load-config.ts';
import { isNetwork, networkList } from '../../../facade/config/networks.ts';

const SERVICES = 'services: { core: { wsdl: core.wsdl } }';
const issuer = (keys: string): string =>
  `auth: { issuers: [ { issuer: a, audience: b, jwks: keys.json, ${keys} } ] }`;

function problemsOf(...lines: string[]): string[] {
  return parseConfig('p.yaml', [...lines, SERVICES].join('\n'), { KEY: 'x'.repeat(40) }).problems.map(
    (problem) => formatConfigProblem(problem).replace('p.yaml:', '').replace(' error', ''),
  );
}

describe('the configuration of bound tokens', () => {
  it('needs the public URL for DPoP', () => {
    assert.deepEqual(problemsOf(issuer('dpop: optional')), [
      '1:69 auth.issuers.0.dpop: a proof names the URL of its request, so server.publicUrl is needed',
    ]);
    assert.deepEqual(
      problemsOf('server: { publicUrl: "https://api.bank.example/v2" }', issuer('dpop: optional')),
      [],
    );
  });

  it('refuses a public URL that is no plain URL', () => {
    for (const url of [
      'https://u:p@api.example',
      'https://api.example/?a',
      'https://api.example/#a',
      'https://api.example/%41',
      'https://',
    ])
      assert.match(problemsOf(`server: { publicUrl: "${url}" }`, issuer('')).join(), /publicUrl/, url);
  });

  it('needs a way to see certificates for mTLS', () => {
    assert.match(problemsOf(issuer('mtls: required')).join(), /1:69 auth\.issuers\.0\.mtls: no certificate/);
    const tls = (more: string): string =>
      `server: { tls: { certificate: a.pem, key: { file: a.key }, ${more} } }`;
    assert.match(problemsOf(tls('clientCertificates: off'), issuer('mtls: optional')).join(), /no certif/);
    assert.deepEqual(problemsOf(tls('clientCertificates: request'), issuer('mtls: optional')), []);
    assert.match(problemsOf(tls('clientCertificates: require'), issuer('')).join(), /needs clientCa/);
    assert.deepEqual(problemsOf('server: { tlsTerminators: [10.0.0.5] }', issuer('mtls: required')), []);
  });

  it('wants secrets from elsewhere', () => {
    assert.match(
      problemsOf(
        'server: { tls: { certificate: a.pem, key: "-----BEGIN", passphrase: hunter2 } }',
        `${issuer('').slice(0, -1)}, dpop: { nonce: { secret: hunter2 } } }`,
      ).join('\n'),
      /^1:.*tls\.key: a secret must not.*\n1:.*passphrase.*\n2:.*nonce\.secret/s,
    );
    assert.deepEqual(problemsOf(`${issuer('').slice(0, -1)}, dpop: { nonce: { secret: "\${KEY}" } } }`), []);
  });

  it('takes addresses and networks of terminators, and nothing else', () => {
    for (const text of ['10.0.0.5', '10.1.0.0/16', '::1', 'fd00::/8', '0.0.0.0/0'])
      assert.ok(isNetwork(text), text);
    for (const text of [
      '',
      'proxy',
      '10.0.0',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '::/129',
      'fe80::1%eth0',
    ])
      assert.ok(!isNetwork(text), text);
    assert.match(
      problemsOf('server: { tlsTerminators: [10.0.0.5, proxy] }', issuer('')).join(),
      /^1:38 server\.tlsTerminators\.1: is neither/,
    );
    const list = networkList(['10.1.0.0/16', 'fd00::/8']);
    assert.ok(
      list.check('10.1.2.3') && list.check('::ffff:10.1.2.3', 'ipv6') && list.check('fd12::1', 'ipv6'),
    );
    assert.ok(
      !list.check('10.2.2.3') && !list.check('::ffff:10.2.2.3', 'ipv6') && !list.check('::1', 'ipv6'),
    );
  });
});
