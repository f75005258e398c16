import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemOf, startBank, type Bank } from '../../bank.ts';

const ISSUER = 'https://id.bank.example';
const STRICT = 'https://strict.bank.example';
const keyOf = (namedCurve: string): { privateKey: KeyObject; publicKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve });
const p256 = keyOf('P-256');
const p384 = keyOf('P-384');
const thief = keyOf('P-256');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Of the loading of this file; the last test may run much later. */
const now = Math.floor(Date.now() / 1000);
const A_DAY = 86_400;

const good = {
  iss: ISSUER,
  aud: 'portico',
  sub: 'anna',
  iat: now,
  exp: now + A_DAY,
  scope: 'accounts:read',
};
/** What RFC 9068, 2.2 asks for besides. */
const strict = (): object => ({
  ...good,
  iss: STRICT,
  iat: Math.floor(Date.now() / 1000),
  jti: 'j-1',
  client_id: 'app',
});
const es256 = { alg: 'ES256', kid: 'k1' };
const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
const ecdsa = (input: string, key: KeyObject, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363'): string =>
  sign('sha256', Buffer.from(input), { key, dsaEncoding }).toString('base64url');

/** A token as a thief could write it: any header, any payload, any text. */
function token(header: unknown = es256, payload: unknown = good, key: KeyObject = p256.privateKey): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${ecdsa(input, key)}`;
}
const claims = (changes: object): string => token(es256, { ...good, ...changes });
const header = (changes: object, key?: KeyObject): string => token({ ...es256, ...changes }, good, key);
const strictly = (changes: object): string => token({ ...es256, typ: 'at+jwt' }, { ...strict(), ...changes });
const hmac = (alg: string, secret: string | Buffer): string => {
  const input = `${encode({ alg, kid: 'k1' })}.${encode(good)}`;
  return `${input}.${createHmac(alg.replace('HS', 'sha'), secret).update(input).digest('base64url')}`;
};
const withSignature = (signature: string | Buffer): string => {
  const input = token().split('.').slice(0, 2).join('.');
  return `${input}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`;
};
const unsigned = (alg: unknown): string => `${encode({ alg })}.${encode(good)}.`;
const parts = (change: (header: string, payload: string, signature: string) => string): string => {
  const [head = '', payload = '', signature = ''] = token().split('.');
  return change(head, payload, signature);
};
const jwkOf = (key: KeyObject): object => key.export({ format: 'jwk' });
const rs256 = (): string => {
  const input = `${encode({ alg: 'RS256', kid: 'rsa' })}.${encode(good)}`;
  return `${input}.${sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')}`;
};
const raw = (): Buffer => Buffer.from(ecdsa('x', p256.privateKey), 'base64url');
/** Another last character with the same bytes: the two bits that it has too many. */
const twin = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.at(-1)!) + 1);
};
const N = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const zero = Buffer.alloc(32);
const one = Buffer.concat([Buffer.alloc(31), Buffer.from([1])]);

/** Each must be answered 401 `token-invalid`. */
const attacks: Readonly<Record<string, () => string>> = {
  'alg none': () => unsigned('none'),
  'alg None': () => unsigned('None'),
  'alg NONE': () => unsigned('NONE'),
  'alg nOnE': () => unsigned('nOnE'),
  'alg empty': () => unsigned(''),
  'alg null': () => unsigned(null),
  'alg missing': () => unsigned(undefined),
  'alg a list': () => unsigned(['ES256']),
  'alg none with a signature': () => header({ alg: 'none' }),
  'alg of lower case': () => header({ alg: 'es256' }),
  'alg with a blank': () => header({ alg: 'ES256 ' }),
  'alg unknown': () => header({ alg: 'XX256' }),
  'HS256 with the public key as PEM': () =>
    hmac('HS256', p256.publicKey.export({ type: 'spki', format: 'pem' })),
  'HS256 with the public key as DER': () =>
    hmac('HS256', p256.publicKey.export({ type: 'spki', format: 'der' })),
  'HS256 with the public key as JWK': () => hmac('HS256', JSON.stringify(jwkOf(p256.publicKey))),
  'HS384 with the public key': () => hmac('HS384', p256.publicKey.export({ type: 'spki', format: 'pem' })),
  'HS512 with the public key': () => hmac('HS512', p256.publicKey.export({ type: 'spki', format: 'pem' })),
  'HS256 with an empty secret': () => hmac('HS256', ''),
  'RS256, good, of a listed key, but not on the list of the issuer': rs256,
  'ES384 with the key of ES256': () => header({ alg: 'ES384' }),
  'a key of another curve': () => header({}, p384.privateKey),
  'a listed key of another curve': () => header({ kid: 'p384' }, p384.privateKey),
  'an unknown key': () => header({}, thief.privateKey),
  'kid unknown': () => header({ kid: 'k9' }, thief.privateKey),
  'kid that climbs': () => header({ kid: '../../../../dev/null' }, thief.privateKey),
  'kid that names the key file': () => header({ kid: './keys.json' }, thief.privateKey),
  'kid with SQL': () => header({ kid: "x' UNION SELECT 'k1" }, thief.privateKey),
  'kid with a command': () => header({ kid: 'k1|whoami' }, thief.privateKey),
  'kid with a zero byte': () => header({ kid: 'k1\0' }, thief.privateKey),
  'kid with line breaks': () => header({ kid: 'k1\r\nX-Evil: 1' }, thief.privateKey),
  'kid __proto__': () => token('{"alg":"ES256","kid":"__proto__"}', good, thief.privateKey),
  'kid an object': () => header({ kid: { a: 1 } }, thief.privateKey),
  'kid a URL': () => header({ kid: 'https://evil.example/keys' }, thief.privateKey),
  'jwk of the thief': () => header({ jwk: jwkOf(thief.publicKey) }, thief.privateKey),
  'jwk of the thief without kid': () =>
    token({ alg: 'ES256', jwk: jwkOf(thief.publicKey) }, good, thief.privateKey),
  'jku of the thief': () => header({ jku: 'https://evil.example/keys' }, thief.privateKey),
  'x5u of the thief': () => header({ x5u: 'https://evil.example/cert' }, thief.privateKey),
  'x5c of the thief': () => header({ x5c: ['MIIB'] }, thief.privateKey),
  'x5t of the thief': () => header({ x5t: 'AAAA' }, thief.privateKey),
  'crit of something unknown': () => header({ crit: ['exp'], exp: 1 }),
  'crit empty': () => header({ crit: [] }),
  'crit b64': () => header({ crit: ['b64'], b64: false }),
  'b64 false without crit': () => header({ b64: false }),
  'b64 true': () => header({ crit: ['b64'], b64: true }),
  'iss another': () => claims({ iss: 'https://evil.example' }),
  'iss missing': () => claims({ iss: undefined }),
  'iss a list': () => claims({ iss: [ISSUER] }),
  'iss with a slash more': () => claims({ iss: `${ISSUER}/` }),
  'iss in other case': () => claims({ iss: ISSUER.toUpperCase() }),
  'iss __proto__': () => claims({ iss: '__proto__' }),
  'iss of another issuer that is accepted': () => claims({ iss: 'https://third.example' }),
  'iss of the development key': () => claims({ iss: 'portico-development' }),
  'aud another': () => claims({ aud: 'other' }),
  'aud missing': () => claims({ aud: undefined }),
  'aud an empty list': () => claims({ aud: [] }),
  'aud in other case': () => claims({ aud: 'PORTICO' }),
  'aud a longer name': () => claims({ aud: 'portico-admin' }),
  'aud an object': () => claims({ aud: { portico: true } }),
  'sub missing': () => claims({ sub: undefined }),
  'sub empty': () => claims({ sub: '' }),
  'sub a number': () => claims({ sub: 7 }),
  'sub a list': () => claims({ sub: ['anna'] }),
  'typ of an ID token event': () => header({ typ: 'logout+jwt' }),
  'typ of a DPoP proof': () => header({ typ: 'dpop+jwt' }),
  'typ of a security event': () => header({ typ: 'secevent+jwt' }),
  'typ of a client assertion': () => header({ typ: 'client-authentication+jwt' }),
  'typ a list': () => header({ typ: ['at+jwt'] }),
  'typ null': () => header({ typ: null }),
  'typ JWT where at+jwt is asked for': () => token({ alg: 'ES256', kid: 'k1', typ: 'JWT' }, { ...strict() }),
  'typ missing where at+jwt is asked for': () => token(es256, { ...strict() }),
  'too old by iat where an age is set': () =>
    token({ ...es256, typ: 'at+jwt' }, { ...strict(), iat: now - 1000 }),
  'iat missing where an age is set': () =>
    token({ ...es256, typ: 'at+jwt' }, { ...strict(), iat: undefined }),
  'iat missing where at+jwt is asked for': () => strictly({ iat: undefined }),
  'jti missing where at+jwt is asked for': () => strictly({ jti: undefined }),
  'jti empty where at+jwt is asked for': () => strictly({ jti: '' }),
  'jti a number where at+jwt is asked for': () => strictly({ jti: 7 }),
  'client_id missing where at+jwt is asked for': () => strictly({ client_id: undefined }),
  'client_id empty where at+jwt is asked for': () => strictly({ client_id: '' }),
  'client_id a list where at+jwt is asked for': () => strictly({ client_id: ['app'] }),
  'sub missing where at+jwt is asked for': () => strictly({ sub: undefined }),
  'aud missing where at+jwt is asked for': () => strictly({ aud: undefined }),
  'exp missing where at+jwt is asked for': () => strictly({ exp: undefined }),
  'exp past': () => claims({ exp: now - 60 }),
  'exp zero': () => claims({ exp: 0 }),
  'exp negative': () => claims({ exp: -1 }),
  'exp missing': () => claims({ exp: undefined }),
  'exp null': () => claims({ exp: null }),
  'exp text': () => claims({ exp: String(now + A_DAY) }),
  'exp infinite': () =>
    token(es256, JSON.stringify(good).replace(`"exp":${now + A_DAY}`, '"exp":"Infinity"')),
  'nbf to come': () => claims({ nbf: now + A_DAY }),
  'nbf text': () => claims({ nbf: 'now' }),
  'iat to come': () => claims({ iat: now + A_DAY }),
  'iat text': () => claims({ iat: 'now' }),
  'iat beyond a double': () => token(es256, JSON.stringify(good).replace(`"iat":${now}`, '"iat":1e999')),
  'cnf of a key that is not proved': () => claims({ cnf: { jkt: 'x'.repeat(43) } }),
  'cnf empty': () => claims({ cnf: {} }),
  'cnf null': () => claims({ cnf: null }),
  'cnf text': () => claims({ cnf: 'x'.repeat(43) }),
  'cnf of a certificate that is not shown': () => claims({ cnf: { 'x5t#S256': 'x'.repeat(43) } }),
  'sub twice': () => token(es256, JSON.stringify(good).replace('{', '{"sub":"ben",')),
  'sub twice, once escaped': () => token(es256, JSON.stringify(good).replace('{', '{"s\\u0075b":"ben",')),
  'exp twice': () => token(es256, JSON.stringify(good).replace('}', `,"exp":${now + A_DAY + 1}}`)),
  'a member twice inside a claim': () =>
    token(es256, JSON.stringify(good).replace('}', ',"act":{"a":1,"a":2}}')),
  'alg twice': () => token('{"alg":"none","alg":"ES256","kid":"k1"}'),
  'kid twice': () => token('{"alg":"ES256","kid":"k2","kid":"k1"}'),
  'payload a list': () => token(es256, [good]),
  'payload null': () => token(es256, 'null'),
  'payload no JSON': () => token(es256, '{"iss":'),
  'payload JSON and more': () => token(es256, `${JSON.stringify(good)}{}`),
  'payload with a byte order mark': () => token(es256, `\ufeff${JSON.stringify(good)}`),
  'payload nested deep': () => token(es256, `{"a":${'['.repeat(500)}${']'.repeat(500)}}`),
  'payload in UTF-16': () => {
    const input = `${encode(es256)}.${Buffer.from(JSON.stringify(good), 'utf16le').toString('base64url')}`;
    return `${input}.${ecdsa(input, p256.privateKey)}`;
  },
  'payload that is no UTF-8': () => {
    const input = `${encode(es256)}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}`;
    return `${input}.${ecdsa(input, p256.privateKey)}`;
  },
  'header a list': () => token([es256]),
  'header null': () => token('null'),
  'oversized, well signed': () => claims({ padding: 'x'.repeat(7000) }),
  'signature stripped': () => parts((head, payload) => `${head}.${payload}.`),
  'signature and its point stripped': () => parts((head, payload) => `${head}.${payload}`),
  'signature of zeros': () => withSignature(Buffer.alloc(64)),
  'signature with r zero': () => withSignature(Buffer.concat([zero, one])),
  'signature with s zero': () => withSignature(Buffer.concat([one, zero])),
  'signature with r and s the order': () => withSignature(Buffer.concat([N, N])),
  'signature with r the order, s one': () => withSignature(Buffer.concat([N, one])),
  'signature of ones': () => withSignature(Buffer.concat([one, one])),
  'signature all bits': () => withSignature(Buffer.alloc(64, 0xff)),
  'signature of something else': () => withSignature(raw()),
  'signature cut by a byte': () =>
    parts(
      (head, payload, signature) =>
        `${head}.${payload}.${Buffer.from(signature, 'base64url').subarray(0, 63).toString('base64url')}`,
    ),
  'signature cut to half': () =>
    parts(
      (head, payload, signature) =>
        `${head}.${payload}.${Buffer.from(signature, 'base64url').subarray(0, 32).toString('base64url')}`,
    ),
  'signature with a byte more': () =>
    parts(
      (head, payload, signature) =>
        `${head}.${payload}.${Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(1)]).toString('base64url')}`,
    ),
  'signature as DER': () => {
    const input = token().split('.').slice(0, 2).join('.');
    return `${input}.${ecdsa(input, p256.privateKey, 'der')}`;
  },
  'signature with its halves swapped': () =>
    parts((head, payload, signature) => {
      const bytes = Buffer.from(signature, 'base64url');
      return `${head}.${payload}.${Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]).toString('base64url')}`;
    }),
  'signature one bit off': () =>
    parts((head, payload, signature) => {
      const bytes = Buffer.from(signature, 'base64url');
      bytes[10]! ^= 1;
      return `${head}.${payload}.${bytes.toString('base64url')}`;
    }),
  'signature with other idle bits': () =>
    parts((head, payload, signature) => `${head}.${payload}.${twin(signature)}`),
  'signature padded': () => `${token()}==`,
  'header padded': () => parts((head, payload, signature) => `${head}=.${payload}.${signature}`),
  'signature in base64 with +': () =>
    parts((head, payload, signature) => `${head}.${payload}.+${signature.slice(1)}`),
  'payload in base64 with /': () =>
    parts((head, payload, signature) => `${head}.${payload.slice(0, -1)}/.${signature}`),
  'a blank inside': () => parts((head, payload, signature) => `${head}. ${payload}.${signature}`),
  'a tab inside': () => parts((head, payload, signature) => `${head}.${payload}.\t${signature}`),
  'a comma and another token': () => `${token()}, Bearer ${token()}`,
  'a part more': () => `${token()}.x`,
  'an empty part more': () => `${token()}.`,
  'a part less': () => token().split('.').slice(1).join('.'),
  'payload of another token': () =>
    parts((head, _payload, signature) => `${head}.${encode({ ...good, sub: 'ben' })}.${signature}`),
  'header of another token': () =>
    parts((_head, payload, signature) => `${encode({ alg: 'ES256' })}.${payload}.${signature}`),
  'a JWE': () => ['{"alg":"dir","enc":"A256GCM"}', '', 'x', 'x', 'x'].map(encode).join('.'),
  'a JWE with all five parts': () =>
    ['{"alg":"ECDH-ES","enc":"A256GCM"}', 'k', 'i', 'c', 't'].map(encode).join('.'),
  'a JWS in JSON': () =>
    parts((head, payload, signature) => JSON.stringify({ protected: head, payload, signature })),
  'a token within a token': () => token({ ...es256, cty: 'JWT' }, token()),
  'points alone': () => '...',
  rubbish: () => 'x',
};

describe(`${Object.keys(attacks).length} attacks on the token`, () => {
  let bank: Bank;
  const send = (attack: string): Promise<Response> =>
    bank.call('/v1/accounts/4711', { headers: { Authorization: `Bearer ${attack}` } });

  before(async () => {
    const keys = [
      { ...jwkOf(p256.publicKey), kid: 'k1', alg: 'ES256' },
      { ...jwkOf(p384.publicKey), kid: 'p384' },
      { ...jwkOf(rsa.publicKey), kid: 'rsa' },
    ];
    const other = keyOf('P-256');
    bank = await startBank({
      yaml: `
rateLimit: { requests: 100000 }
auth:
  development: true
  issuers:
    - { issuer: "${ISSUER}", audience: portico, jwks: keys.json }
    - { issuer: "${STRICT}", audience: portico, jwks: strict.json, tokenType: at+jwt, maxTokenAgeSeconds: 300 }
    - { issuer: "https://third.example", audience: portico, jwks: third.json }`,
      prepare: (folder) => {
        writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys }));
        writeFileSync(join(folder, 'strict.json'), JSON.stringify({ keys: keys.slice(0, 1) }));
        const third = [{ ...jwkOf(other.publicKey), kid: 'k1' }];
        writeFileSync(join(folder, 'third.json'), JSON.stringify({ keys: third }));
      },
    });
  });
  after(() => bank.close());

  it('starts from tokens that are good', async () => {
    const tokens = [
      token(),
      claims({ aud: ['other', 'portico'] }),
      header({ typ: 'JWT' }),
      header({ typ: 'application/at+jwt' }),
      // Named, but never used: neither fetched nor trusted.
      header({ jku: 'http://127.0.0.1:1/keys', jwk: jwkOf(thief.publicKey) }),
      token({ ...es256, typ: 'at+JWT' }, { ...strict() }),
    ];
    for (const [index, one] of tokens.entries())
      assert.equal((await send(one)).status, 200, `good token ${index}`);
  });

  for (const [name, make] of Object.entries(attacks)) {
    it(`refuses: ${name}`, async () => {
      const attack = make();
      const calls = bank.calls.length;
      const response = await send(attack);
      assert.equal(response.status, 401);
      assert.match(
        response.headers.get('www-authenticate') ?? '',
        /^Bearer realm="portico", error="invalid_token"/,
      );
      const problem = await problemOf(response);
      assert.equal(problem.code, 'token-invalid');
      assert.equal(bank.calls.length, calls, 'nothing reached the core');
      for (const part of attack.split('.').filter(({ length }) => length > 16)) {
        assert.ok(!JSON.stringify(problem).includes(part), 'the problem quotes the token');
        assert.ok(!bank.log.some((line) => line.includes(part)), 'the log quotes the token');
      }
    });
  }
});
