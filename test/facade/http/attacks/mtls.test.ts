import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates, type Certificates, type KeyPair } from '../../../connectors/certificates.ts';
import { startBank, type Bank } from '../../bank.ts';
import { ecKey, jws, jwkOf, proofOf, send, thumbprintOf, type RawAnswer } from '../dpop-client.ts';

const ISSUER = 'https://id.bank.example';
const REQUIRED = 'https://bound.bank.example';
const OFF = 'https://plain.bank.example';
const PUBLIC = 'https://api.bank.example';
const PATH = '/v1/accounts/4711';
const issuerKey = ecKey();
const certificates = makeCertificates();
const foreign = makeCertificates();
const { client, stranger } = certificates;

const derOf = (pem: string): Buffer => new X509Certificate(pem).raw;
const x5tOf = ({ cert }: KeyPair, algorithm = 'sha256'): string =>
  createHash(algorithm).update(derOf(cert)).digest('base64url');
const fieldOf = ({ cert }: KeyPair): string => `:${derOf(cert).toString('base64')}:`;

const tokenWith = (changes: object): string =>
  jws(
    { alg: 'ES256', kid: 'k1' },
    {
      iss: ISSUER,
      aud: 'portico',
      sub: 'anna',
      exp: Math.floor(Date.now() / 1000) + 86_400,
      scope: 'accounts:read',
      ...changes,
    },
    issuerKey.privateKey,
  );
const boundTo = (value: unknown): string => tokenWith({ cnf: { 'x5t#S256': value } });
const bound = boundTo(x5tOf(client));
const dpopKey = ecKey();
const doublyBound = tokenWith({
  cnf: { jkt: thumbprintOf(dpopKey.publicKey), 'x5t#S256': x5tOf(client) },
});
const proofFor = (token: string): string =>
  proofOf({ key: dpopKey, method: 'GET', url: PUBLIC + PATH, token });

/** Good unless changed: the client's certificate on its connection, and a token bound to it. */
interface Request {
  readonly token?: string;
  /** null: none. */
  readonly pair?: KeyPair | null;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

const start = (server: string, files: Certificates = certificates): Promise<Bank> =>
  startBank({
    yaml: `
rateLimit: { requests: 100000 }
server: { publicUrl: "${PUBLIC}", ${server} }
auth:
  issuers:
    - { issuer: "${ISSUER}", audience: portico, jwks: keys.json, mtls: optional, dpop: optional }
    - { issuer: "${REQUIRED}", audience: portico, jwks: keys.json, mtls: required }
    - { issuer: "${OFF}", audience: portico, jwks: keys.json }`,
    prepare: (folder) => {
      const write = (name: string, text: string): void => {
        writeFileSync(join(folder, name), text);
      };
      write('server.pem', files.server.cert);
      write('server.key', files.server.key);
      write('ca.pem', files.ca);
      const key = { ...jwkOf(issuerKey.publicKey), kid: 'k1', alg: 'ES256' };
      write('keys.json', JSON.stringify({ keys: [key] }));
    },
  });
const TLS = 'tls: { certificate: server.pem, key: { file: server.key }';

/** Each must be answered 401 `token-invalid`. */
const onConnection: Readonly<Record<string, () => Request>> = {
  'no certificate': () => ({ pair: null }),
  'the certificate of another client of the same authority': () => ({ pair: stranger }),
  'a certificate of the same name, of another authority': () => ({ pair: foreign.client }),
  'a token of the stranger': () => ({ token: boundTo(x5tOf(stranger)) }),
  'no certificate, but the header of a terminator': () => ({
    pair: null,
    headers: { 'Client-Cert': fieldOf(client) },
  }),
  'another certificate, and the header of a terminator': () => ({
    pair: stranger,
    headers: { 'Client-Cert': fieldOf(client), 'Client-Cert-Chain': fieldOf(client) },
  }),
  'the headers of other proxies': () => ({
    pair: null,
    headers: {
      'X-Forwarded-Client-Cert': `Hash=${createHash('sha256').update(derOf(client.cert)).digest('hex')}`,
      'X-Client-Cert': encodeURIComponent(client.cert),
      'SSL-Client-Cert': encodeURIComponent(client.cert),
      'X-Forwarded-For': '10.0.0.5',
      Forwarded: 'for=10.0.0.5',
    },
  }),
  'a bearer token where it has to be bound': () => ({ token: tokenWith({ iss: REQUIRED }) }),
  'a token bound to a key alone where a certificate is required': () => ({
    token: tokenWith({ iss: REQUIRED, cnf: { jkt: 'x'.repeat(43) } }),
  }),
  'a bound token where bound ones are off': () => ({
    token: tokenWith({ iss: OFF, cnf: { 'x5t#S256': x5tOf(client) } }),
  }),
  'a thumbprint of SHA-1': () => ({ token: boundTo(x5tOf(client, 'sha1')) }),
  'a thumbprint of SHA-512': () => ({ token: boundTo(x5tOf(client, 'sha512')) }),
  'a thumbprint in hexadecimal digits': () => ({
    token: boundTo(Buffer.from(x5tOf(client), 'base64url').toString('hex')),
  }),
  'a thumbprint padded': () => ({ token: boundTo(`${x5tOf(client)}=`) }),
  'a thumbprint of the PEM': () => ({
    token: boundTo(createHash('sha256').update(client.cert).digest('base64url')),
  }),
  'an empty thumbprint, and no certificate': () => ({ token: boundTo(''), pair: null }),
  'a thumbprint of nothing, and no certificate': () => ({
    token: boundTo(createHash('sha256').digest('base64url')),
    pair: null,
  }),
  'a thumbprint null, and no certificate': () => ({ token: boundTo(null), pair: null }),
  'a list of thumbprints': () => ({ token: boundTo([x5tOf(client)]) }),
  'x5t in place of x5t#S256': () => ({ token: tokenWith({ cnf: { x5t: x5tOf(client, 'sha1') } }) }),
  'a token bound to certificate and key as a bearer token': () => ({ token: doublyBound }),
  'a token bound to certificate and key, with the proof and no certificate': () => ({
    pair: null,
    headers: { Authorization: `DPoP ${doublyBound}`, DPoP: proofFor(doublyBound) },
  }),
  'a token bound to certificate and key, with the proof and another certificate': () => ({
    pair: stranger,
    headers: { Authorization: `DPoP ${doublyBound}`, DPoP: proofFor(doublyBound) },
  }),
};

/** From the address of a terminator: each must be answered 401 `token-invalid`. */
const fromTerminator: Readonly<Record<string, () => Request>> = {
  'no field': () => ({}),
  'no field, but the certificate on the connection, which is the terminator’s': () => ({ pair: client }),
  'another certificate in the field, and the right one on the connection': () => ({
    pair: client,
    headers: { 'Client-Cert': fieldOf(stranger) },
  }),
  'an empty field': () => ({ headers: { 'Client-Cert': '' } }),
  'an empty byte sequence': () => ({ headers: { 'Client-Cert': '::' } }),
  'another certificate': () => ({ headers: { 'Client-Cert': fieldOf(stranger) } }),
  'two fields': () => ({ headers: { 'Client-Cert': [fieldOf(client), fieldOf(stranger)] } }),
  'two fields, the right one last': () => ({
    headers: { 'Client-Cert': [fieldOf(stranger), fieldOf(client)] },
  }),
  'two certificates in a field': () => ({
    headers: { 'Client-Cert': `${fieldOf(client)}, ${fieldOf(stranger)}` },
  }),
  'base64 without colons': () => ({ headers: { 'Client-Cert': fieldOf(client).slice(1, -1) } }),
  'PEM, percent-encoded': () => ({ headers: { 'Client-Cert': encodeURIComponent(client.cert) } }),
  'parameters behind it': () => ({ headers: { 'Client-Cert': `${fieldOf(client)};a=1` } }),
  'bytes behind the certificate': () => ({
    headers: {
      'Client-Cert': `:${Buffer.concat([derOf(client.cert), Buffer.from('x')]).toString('base64')}:`,
    },
  }),
  'what is no certificate, with a token bound to it': () => ({
    token: boundTo(createHash('sha256').update('hello').digest('base64url')),
    headers: { 'Client-Cert': `:${Buffer.from('hello').toString('base64')}:` },
  }),
  'the thumbprint in place of the certificate': () => ({ headers: { 'Client-Cert': `:${x5tOf(client)}:` } }),
  'the chain alone': () => ({ headers: { 'Client-Cert-Chain': fieldOf(client) } }),
  'another name of the field': () => ({ headers: { 'X-Client-Cert': fieldOf(client) } }),
};

async function call(bank: Bank, { token = bound, pair = client, headers = {} }: Request): Promise<RawAnswer> {
  const tls = { ca: certificates.ca, ...(pair !== null && { cert: pair.cert, key: pair.key }) };
  return send(bank.url + PATH, { Authorization: `Bearer ${token}`, ...headers }, 'GET', tls);
}

async function refuses(bank: Bank, request: Request): Promise<void> {
  const calls = bank.calls.length;
  const { status, headers, json } = await call(bank, request);
  assert.deepEqual([status, json['code']], [401, 'token-invalid'], JSON.stringify(json));
  assert.match(headers['www-authenticate'] ?? '', /error="invalid_token"/);
  assert.equal(bank.calls.length, calls, 'nothing reached the core');
}

describe(`${Object.keys(onConnection).length + Object.keys(fromTerminator).length} attacks on tokens bound to certificates`, () => {
  describe('on the connection', () => {
    let bank: Bank;
    before(async () => {
      bank = await start(
        `${TLS}, clientCertificates: request, clientCa: ca.pem }, tlsTerminators: [10.0.0.5, "fd00::/8"]`,
      );
    });
    after(() => bank.close());

    it('start from requests that are good', async () => {
      const requests: Request[] = [
        {},
        { pair: stranger, token: boundTo(x5tOf(stranger)) },
        { token: tokenWith({ iss: REQUIRED, cnf: { 'x5t#S256': x5tOf(client) } }) },
        { token: tokenWith({}) },
        { token: tokenWith({ iss: OFF }), pair: null },
        { headers: { 'Client-Cert': fieldOf(stranger) } },
        { headers: { Authorization: `DPoP ${doublyBound}`, DPoP: proofFor(doublyBound) } },
      ];
      for (const [index, one] of requests.entries())
        assert.equal((await call(bank, one)).status, 200, `good request ${index}`);
    });

    it('are refused though the token was just used by its owner, and so is remembered', async () => {
      assert.equal((await call(bank, {})).status, 200);
      await refuses(bank, { pair: stranger });
      assert.equal((await call(bank, {})).status, 200);
    });

    it('are refused: a certificate that no authority of ours signed, though its own token names it', () =>
      refuses(bank, { pair: foreign.client, token: boundTo(x5tOf(foreign.client)) }));

    it('are told whether there was another certificate or none', async () => {
      const detailOf = async (request: Request): Promise<unknown> =>
        (await call(bank, request)).json['detail'];
      assert.match(String(await detailOf({ pair: null })), /the connection has none/);
      assert.match(String(await detailOf({ pair: stranger })), /another certificate/);
    });

    for (const [name, make] of Object.entries(onConnection))
      it(`are refused: ${name}`, () => refuses(bank, make()));
  });

  describe('without authorities', () => {
    it('any certificate serves that a token is bound to', async () => {
      const bank = await start(`${TLS}, clientCertificates: request }`);
      try {
        const own = { pair: foreign.client, token: boundTo(x5tOf(foreign.client)) };
        assert.equal((await call(bank, own)).status, 200);
        await refuses(bank, { pair: foreign.client });
        await refuses(bank, { pair: null });
      } finally {
        await bank.close();
      }
    });
  });

  describe('from a TLS terminator', () => {
    let bank: Bank;
    before(async () => {
      bank = await start(
        `${TLS}, clientCertificates: request, clientCa: ca.pem }, tlsTerminators: [10.0.0.5, 127.0.0.0/8]`,
      );
    });
    after(() => bank.close());

    it('start from requests that are good', async () => {
      const field = { 'Client-Cert': fieldOf(client) };
      assert.equal((await call(bank, { headers: field })).status, 200);
      assert.equal((await call(bank, { pair: null, headers: field })).status, 200);
      assert.equal((await call(bank, { pair: stranger, headers: field })).status, 200);
    });

    for (const [name, make] of Object.entries(fromTerminator))
      it(`are refused: ${name}`, () => refuses(bank, make()));
  });
});
