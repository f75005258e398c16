import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBank, type Bank } from '../../bank.ts';
import {
  ecKey,
  encode,
  jws,
  jwkOf,
  proofOf,
  send,
  sha256,
  thumbprintOf,
  type ProofParts,
  type RawAnswer,
} from '../dpop-client.ts';

const PUBLIC = 'https://api.bank.example';
const ISSUER = 'https://id.bank.example';
const REQUIRED = 'https://bound.bank.example';
const OFF = 'https://plain.bank.example';
const PATH = '/v1/accounts/4711';
const issuerKey = ecKey();
const client = ecKey();
const thief = ecKey();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Seconds since the epoch. */
const now = (): number => Math.floor(Date.now() / 1000);

const claims = {
  iss: ISSUER,
  aud: 'portico',
  sub: 'anna',
  exp: now() + 86_400,
  scope: 'accounts:read transfers:write',
};
const tokenWith = (changes: object): string =>
  jws({ alg: 'ES256', kid: 'k1' }, { ...claims, ...changes }, issuerKey.privateKey);
const jkt = thumbprintOf(client.publicKey);
const bound = tokenWith({ cnf: { jkt } });
const bearer = tokenWith({});
const boundTo = (value: unknown): string => tokenWith({ cnf: { jkt: value } });

const target = { key: client, method: 'GET', url: PUBLIC + PATH, token: bound };
const proof = (parts: ProofParts = {}): string => proofOf(target, parts);
const payload = (changes: object): Request => ({ dpop: proof({ payload: changes }) });
const header = (changes: object): Request => ({ dpop: proof({ header: changes }) });
const htu = (url: unknown): Request => payload({ htu: url });

/** What of a good request is changed. Without `dpop` it goes without. */
interface Request {
  readonly authorization?: string | string[];
  readonly dpop?: string | string[];
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const withToken = (token: string, scheme = 'DPoP'): Request => ({
  authorization: `${scheme} ${token}`,
  dpop: proofOf({ ...target, token }),
});
const unsigned = (alg: unknown): string => {
  const [, body = ''] = proof().split('.');
  return `${encode({ typ: 'dpop+jwt', alg, jwk: jwkOf(client.publicKey) })}.${body}.`;
};
const hmac = (secret: string): string => {
  const [, body = ''] = proof().split('.');
  const input = `${encode({ typ: 'dpop+jwt', alg: 'HS256', jwk: jwkOf(client.publicKey) })}.${body}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const rsaProof = (jwk: object): Request => ({
  authorization: `DPoP ${bound}`,
  dpop: jws(
    { typ: 'dpop+jwt', alg: 'RS256', jwk },
    { jti: randomUUID(), htm: 'GET', htu: PUBLIC + PATH, iat: now(), ath: sha256(bound) },
    rsa.privateKey,
  ),
});
const twice = (name: string, value: string): Request => {
  const text = JSON.stringify({ jti: 'j', htm: 'GET', htu: PUBLIC + PATH, iat: now(), ath: sha256(bound) });
  const doubled = text.replace('{', `{"${name}":${value},`);
  return {
    dpop: jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: jwkOf(client.publicKey) }, doubled, client.privateKey),
  };
};

/** Each must be answered 401 `proof-invalid`. */
const proofs: Readonly<Record<string, () => Request>> = {
  'no proof': () => ({}),
  'an empty proof': () => ({ dpop: '' }),
  'two proofs': () => ({ dpop: [proof(), proof()] }),
  'the same proof in two headers': () => {
    const one = proof();
    return { dpop: [one, one] };
  },
  'two proofs in one header': () => ({ dpop: `${proof()}, ${proof()}` }),
  'an oversized proof': () => payload({ padding: 'x'.repeat(4000) }),
  rubbish: () => ({ dpop: 'x' }),
  'points alone': () => ({ dpop: '..' }),
  'the token as the proof': () => ({ dpop: bound }),
  'a proof cut off': () => ({ dpop: proof().slice(0, -1) }),
  'a part more': () => ({ dpop: `${proof()}.x` }),
  'signature stripped': () => ({ dpop: proof().replace(/[^.]+$/, '') }),
  'signature of the thief': () => ({
    dpop: proof({ key: thief, header: { jwk: jwkOf(client.publicKey) } }),
  }),
  'signature of another proof': () => ({
    dpop: proof().replace(/[^.]+$/, proof().split('.')[2]!),
  }),
  'payload of another proof': () => ({
    dpop: [proof().split('.')[0], proof().split('.')[1], proof().split('.')[2]].join('.'),
  }),
  'alg none': () => ({ dpop: unsigned('none') }),
  'alg none with a signature': () => header({ alg: 'none' }),
  'alg nOnE': () => ({ dpop: unsigned('nOnE') }),
  'alg missing': () => header({ alg: undefined }),
  'alg a list': () => header({ alg: ['ES256'] }),
  'alg of lower case': () => header({ alg: 'es256' }),
  'alg not on the list': () => header({ alg: 'ES384' }),
  'HS256 with the public key': () => ({ dpop: hmac(JSON.stringify(jwkOf(client.publicKey))) }),
  'HS256 with an empty secret': () => ({ dpop: hmac('') }),
  'HS256 with a key of its own': () => header({ alg: 'HS256', jwk: { kty: 'oct', k: encode('secret') } }),
  'jwk missing': () => header({ jwk: undefined }),
  'jwk null': () => header({ jwk: null }),
  'jwk a list': () => header({ jwk: [jwkOf(client.publicKey)] }),
  'jwk text': () => header({ jwk: JSON.stringify(jwkOf(client.publicKey)) }),
  'jwk private': () => header({ jwk: jwkOf(client.privateKey) }),
  'jwk with an empty private member': () => header({ jwk: { ...jwkOf(client.publicKey), d: '' } }),
  'jwk symmetric': () => header({ jwk: { kty: 'oct', k: encode('secret') } }),
  'jwk with a symmetric member': () => header({ jwk: { ...jwkOf(client.publicKey), k: encode('secret') } }),
  'jwk of an unknown type': () => header({ jwk: { ...jwkOf(client.publicKey), kty: 'XX' } }),
  'jwk of another curve': () => header({ jwk: jwkOf(ecKey('P-384').publicKey) }),
  'jwk off its curve': () => header({ jwk: { ...jwkOf(client.publicKey), y: encode('y'.repeat(32)) } }),
  'jwk without y': () => header({ jwk: { ...jwkOf(client.publicKey), y: undefined } }),
  'jwk for encryption': () => header({ jwk: { ...jwkOf(client.publicKey), use: 'enc' } }),
  'jwk for other operations': () => header({ jwk: { ...jwkOf(client.publicKey), key_ops: ['deriveKey'] } }),
  'jwk for another algorithm': () => header({ jwk: { ...jwkOf(client.publicKey), alg: 'ES384' } }),
  'jwk too large': () => rsaProof({ kty: 'RSA', n: 'x'.repeat(1000), e: 'AQAB' }),
  'jwk with an exponent as long as its modulus': () =>
    rsaProof({ ...jwkOf(rsa.publicKey), e: jwkOf(rsa.publicKey)['n'] }),
  'kid in place of jwk': () => header({ jwk: undefined, kid: 'k1' }),
  'typ missing': () => header({ typ: undefined }),
  'typ JWT': () => header({ typ: 'JWT' }),
  'typ at+jwt': () => header({ typ: 'at+jwt' }),
  'typ in other case': () => header({ typ: 'DPoP+JWT' }),
  'crit of something unknown': () => header({ crit: ['exp'], exp: 1 }),
  'b64 false': () => header({ crit: ['b64'], b64: false }),
  'htm missing': () => payload({ htm: undefined }),
  'htm of another method': () => payload({ htm: 'POST' }),
  'htm in lower case': () => payload({ htm: 'get' }),
  'htm a list': () => payload({ htm: ['GET'] }),
  'htm of GET for HEAD': () => ({ ...payload({}), method: 'HEAD' }),
  'htm twice': () => twice('htm', '"POST"'),
  'htu missing': () => htu(undefined),
  'htu a list': () => htu([PUBLIC + PATH]),
  'htu empty': () => htu(''),
  'htu of another path': () => htu(`${PUBLIC}/v1/accounts/4712`),
  'htu of another host': () => htu(`https://evil.example${PATH}`),
  'htu of another host, with its Host': () => ({
    ...htu(`https://evil.example${PATH}`),
    headers: { Host: 'evil.example' },
  }),
  'htu of another host, with X-Forwarded-Host': () => ({
    ...htu(`https://evil.example${PATH}`),
    headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example;proto=https' },
  }),
  'htu of a longer host': () => htu(`${PUBLIC}.evil.example${PATH}`),
  'htu with a dot behind the host': () => htu(`${PUBLIC}.${PATH}`),
  'htu of a look-alike host': () => htu(`https://api.bаnk.example${PATH}`),
  'htu by http': () => htu(`http://api.bank.example${PATH}`),
  'htu of another port': () => htu(`${PUBLIC}:8443${PATH}`),
  'htu of the port of http': () => htu(`${PUBLIC}:80${PATH}`),
  'htu with credentials': () => htu(`https://anna:x@api.bank.example${PATH}`),
  'htu with the host as credentials': () => htu(`https://api.bank.example@evil.example${PATH}`),
  'htu with backslashes': () => htu(`https:\\\\api.bank.example${PATH}`),
  'htu with a backslash in the path': () => htu(`${PUBLIC}/v1\\accounts/4711`),
  'htu with a tab': () => htu(`${PUBLIC}/v1/acc\tounts/4711`),
  'htu with a blank before it': () => htu(` ${PUBLIC}${PATH}`),
  'htu with a line break behind it': () => htu(`${PUBLIC}${PATH}\n`),
  'htu without a scheme': () => htu(`//api.bank.example${PATH}`),
  'htu of the path alone': () => htu(PATH),
  'htu of the origin alone': () => htu(PUBLIC),
  'htu with a slash behind the path': () => htu(`${PUBLIC}${PATH}/`),
  'htu with two slashes': () => htu(`${PUBLIC}/${PATH}`),
  'htu with a path in other case': () => htu(`${PUBLIC}/V1/accounts/4711`),
  'htu with an encoded slash': () => htu(`${PUBLIC}/v1/accounts%2F4711`),
  'htu with an encoding twice': () => htu(`${PUBLIC}/v1/accounts/%2534711`),
  'htu that climbs out': () => htu(`${PUBLIC}${PATH}/..`),
  'htu that is a prefix': () => htu(`${PUBLIC}/v1/accounts/471`),
  'iat missing': () => payload({ iat: undefined }),
  'iat text': () => payload({ iat: String(now()) }),
  'iat null': () => payload({ iat: null }),
  'iat old': () => payload({ iat: now() - 62 }),
  'iat zero': () => payload({ iat: 0 }),
  'iat to come': () => payload({ iat: now() + 120 }),
  'iat in milliseconds': () => payload({ iat: Date.now() }),
  'iat far to come': () => payload({ iat: 1e300 }),
  'iat twice': () => twice('iat', '1'),
  'jti missing': () => payload({ jti: undefined }),
  'jti empty': () => payload({ jti: '' }),
  'jti a number': () => payload({ jti: 7 }),
  'jti a list': () => payload({ jti: ['a'] }),
  'ath missing': () => payload({ ath: undefined }),
  'ath of another token': () => payload({ ath: sha256(bearer) }),
  'ath in hexadecimal digits': () => payload({ ath: sha256(bound, 'hex') }),
  'ath in base64': () => payload({ ath: sha256(bound, 'base64') }),
  'ath of the token with its scheme': () => payload({ ath: sha256(`DPoP ${bound}`) }),
  'ath a list': () => payload({ ath: [sha256(bound)] }),
  'ath the token itself': () => payload({ ath: bound }),
};

/** Each must be answered 401 `token-invalid`, whatever the proof. */
const tokens: Readonly<Record<string, () => Request>> = {
  'a stolen token with a proof of another key': () => ({ dpop: proof({ key: thief }) }),
  'a stolen token with an RSA key of the thief': () => rsaProof(jwkOf(rsa.publicKey)),
  'a bound token as a bearer token': () => ({ authorization: `Bearer ${bound}` }),
  'a bound token as a bearer token, with its proof': () => withToken(bound, 'Bearer'),
  'a bearer token as a bound one': () => withToken(bearer),
  'a bearer token where it has to be bound': () => ({
    authorization: `Bearer ${tokenWith({ iss: REQUIRED })}`,
  }),
  'a bearer token with a proof where it has to be bound': () => withToken(tokenWith({ iss: REQUIRED })),
  'a token bound to nothing where it has to be bound': () => withToken(tokenWith({ iss: REQUIRED, cnf: {} })),
  'a bound token where bound ones are off': () => withToken(tokenWith({ iss: OFF, cnf: { jkt } })),
  'a bound token as a bearer token where bound ones are off': () => ({
    authorization: `Bearer ${tokenWith({ iss: OFF, cnf: { jkt } })}`,
  }),
  'jkt of another hash': () => withToken(boundTo(thumbprintOf(client.publicKey, 'sha512'))),
  'jkt of SHA-1': () => withToken(boundTo(thumbprintOf(client.publicKey, 'sha1'))),
  'jkt padded': () => withToken(boundTo(`${jkt}=`)),
  'jkt in hexadecimal digits': () => withToken(boundTo(Buffer.from(jkt, 'base64url').toString('hex'))),
  'jkt in other case': () =>
    withToken(boundTo(jkt.toUpperCase() === jkt ? jkt.toLowerCase() : jkt.toUpperCase())),
  'jkt a list': () => withToken(boundTo([jkt])),
  'jkt empty': () => withToken(boundTo('')),
  'jkt null': () => withToken(boundTo(null)),
  'jkt the key itself': () => withToken(boundTo(jwkOf(client.publicKey))),
  'jkt of the whole key as JSON': () => withToken(boundTo(sha256(JSON.stringify(jwkOf(client.publicKey))))),
  'the key in cnf.jwk': () => withToken(tokenWith({ cnf: { jwk: jwkOf(client.publicKey) } })),
  'the key by cnf.kid': () => withToken(tokenWith({ cnf: { kid: jkt } })),
  'the key by cnf.jku': () => withToken(tokenWith({ cnf: { jku: 'https://evil.example/keys' } })),
  'jkt and a member that is not proved': () => withToken(tokenWith({ cnf: { jkt, kid: 'k1' } })),
  'jkt and a certificate that is not shown': () =>
    withToken(tokenWith({ cnf: { jkt, 'x5t#S256': 'x'.repeat(43) } })),
  'jkt outside cnf': () => withToken(tokenWith({ jkt })),
  'cnf a list': () => withToken(tokenWith({ cnf: [{ jkt }] })),
  'a token of the thief with a good proof': () =>
    withToken(jws({ alg: 'ES256', kid: 'k1' }, { ...claims, cnf: { jkt } }, thief.privateKey)),
  'a token signed by the key of the proof': () =>
    withToken(
      jws({ alg: 'ES256', jwk: jwkOf(client.publicKey) }, { ...claims, cnf: { jkt } }, client.privateKey),
    ),
  'a proof as the token': () => ({ authorization: `DPoP ${proof()}`, dpop: proof() }),
  'an expired token with a good proof': () => withToken(tokenWith({ exp: now() - 60, cnf: { jkt } })),
};

describe(`${Object.keys(proofs).length + Object.keys(tokens).length} attacks on proofs of possession`, () => {
  let bank: Bank;

  const attack = ({
    authorization = `DPoP ${bound}`,
    dpop,
    path,
    method,
    headers,
  }: Request): Promise<RawAnswer> =>
    send(
      bank.url + (path ?? PATH),
      { Authorization: authorization, ...(dpop !== undefined && { DPoP: dpop }), ...headers },
      method,
    );

  before(async () => {
    bank = await startBank({
      yaml: `
rateLimit: { requests: 100000 }
server: { publicUrl: "${PUBLIC}" }
auth:
  dpop: { algorithms: [ES256, RS256] }
  issuers:
    - { issuer: "${ISSUER}", audience: portico, jwks: keys.json, dpop: optional }
    - { issuer: "${REQUIRED}", audience: portico, jwks: keys.json, dpop: required }
    - { issuer: "${OFF}", audience: portico, jwks: keys.json }`,
      prepare: (folder) => {
        const key = { ...jwkOf(issuerKey.publicKey), kid: 'k1', alg: 'ES256' };
        writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [key] }));
      },
    });
  });
  after(() => bank.close());

  it('start from requests that are good', async () => {
    const rsaToken = boundTo(
      sha256(
        JSON.stringify({
          e: jwkOf(rsa.publicKey)['e'],
          kty: 'RSA',
          n: jwkOf(rsa.publicKey)['n'],
        }),
      ),
    );
    const requests: Request[] = [
      { dpop: proof() },
      { authorization: `dPoP   ${bound}`, dpop: proof() },
      { authorization: `Bearer ${bearer}` },
      { authorization: `Bearer ${bearer}`, dpop: 'not looked at' },
      { authorization: `Bearer ${tokenWith({ iss: OFF })}` },
      withToken(tokenWith({ iss: REQUIRED, cnf: { jkt } })),
      { dpop: proof({ payload: { iat: now() - 50 } }) },
      { dpop: proof({ payload: { iat: now() + 50, exp: 1, nonce: 'of another server' } }) },
      {
        authorization: `DPoP ${rsaToken}`,
        dpop: jws(
          { typ: 'dpop+jwt', alg: 'RS256', jwk: jwkOf(rsa.publicKey) },
          { jti: randomUUID(), htm: 'GET', htu: PUBLIC + PATH, iat: now(), ath: sha256(rsaToken) },
          rsa.privateKey,
        ),
      },
      { dpop: proof(), path: `${PATH}?` },
      { dpop: proofOf({ ...target, method: 'HEAD' }), method: 'HEAD' },
    ];
    for (const [index, one] of requests.entries())
      assert.equal((await attack(one)).status, 200, `good request ${index}`);
  });

  for (const [name, make] of Object.entries(proofs))
    it(`are refused: ${name}`, () => refuses(make(), 'proof-invalid', 'invalid_dpop_proof'));

  for (const [name, make] of Object.entries(tokens))
    it(`are refused: ${name}`, () => refuses(make(), 'token-invalid', 'invalid_token'));

  async function refuses(request: Request, code: string, error: string): Promise<void> {
    const calls = bank.calls.length;
    const { status, headers, json } = await attack(request);
    assert.equal(status, 401, JSON.stringify(json));
    assert.equal(bank.calls.length, calls, 'nothing reached the core');
    if (request.method !== 'HEAD') assert.equal(json['code'], code, JSON.stringify(json));
    const isBearer = String(request.authorization ?? '').startsWith('Bearer');
    const parameters = `realm="portico", error="${error}", error_description="[^"]+"`;
    const [bare, proved] = ['Bearer realm="portico"', 'algs="ES256 RS256"'];
    assert.match(
      headers['www-authenticate'] ?? '',
      isBearer
        ? new RegExp(`^Bearer ${parameters}, DPoP realm="portico", ${proved}$`)
        : new RegExp(`^DPoP ${parameters}, ${proved}, ${bare}$`),
    );
    const shown = JSON.stringify([json, headers, bank.log]);
    for (const part of [request.dpop, request.authorization].flat().flatMap((one) => (one ?? '').split('.')))
      if (part.length > 16) assert.ok(!shown.includes(part), 'the answer or the log quotes what was sent');
  }

  it('are refused where a proof is used again, also by 40 at once, and only once accepted', async () => {
    const again = { dpop: proof() };
    assert.equal((await attack(again)).status, 200);
    await refuses(again, 'proof-invalid', 'invalid_dpop_proof');
    const one = { dpop: proof() };
    const answers = await Promise.all(Array.from({ length: 40 }, () => attack(one)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(answers.filter(({ status }) => status === 401).length, 39);
  });

  it('are not to be had by another proof with an id that was used: it counts for each key', async () => {
    const jti = randomUUID();
    assert.equal((await attack(payload({ jti }))).status, 200);
    const other = boundTo(thumbprintOf(thief.publicKey));
    const dpop = proofOf({ ...target, key: thief, token: other }, { payload: { jti } });
    assert.equal((await attack({ authorization: `DPoP ${other}`, dpop })).status, 200);
    await refuses(payload({ jti }), 'proof-invalid', 'invalid_dpop_proof');
  });

  it('do not use up the id of a proof that was refused', async () => {
    const jti = randomUUID();
    await refuses(
      { dpop: proof({ key: thief, header: { jwk: jwkOf(client.publicKey) }, payload: { jti } }) },
      'proof-invalid',
      'invalid_dpop_proof',
    );
    assert.equal((await attack(payload({ jti }))).status, 200);
  });

  it('are refused with two headers Authorization, of which another reader might take the second', async () => {
    const { status, json } = await attack({
      authorization: [`DPoP ${bound}`, `Bearer ${bearer}`],
      dpop: proof(),
    });
    assert.deepEqual([status, json['code']], [400, 'malformed-request']);
  });

  it('name both schemes to who has no token, and the scopes by the scheme that was used', async () => {
    const { status, headers } = await attack({ authorization: 'Basic YTpi' });
    assert.equal(status, 401);
    assert.equal(
      headers['www-authenticate'],
      'Bearer realm="portico", DPoP realm="portico", algs="ES256 RS256"',
    );
    const token = tokenWith({ scope: 'none', cnf: { jkt } });
    const denied = await attack(withToken(token));
    assert.equal(denied.status, 403);
    assert.equal(
      denied.headers['www-authenticate'],
      'DPoP realm="portico", error="insufficient_scope", scope="accounts:read"',
    );
  });

  it('take a write, whose method the proof names', async () => {
    const url = `${PUBLIC}/v1/notices`;
    const dpop = proofOf({ ...target, method: 'POST', url });
    assert.equal((await attack({ dpop, method: 'POST', path: '/v1/notices?text=hello' })).status, 202);
    const wrong = proofOf({ ...target, url });
    await refuses(
      { dpop: wrong, method: 'POST', path: '/v1/notices?text=hello' },
      'proof-invalid',
      'invalid_dpop_proof',
    );
  });

  it('do not keep out other ways to write the same URL', async () => {
    for (const [url, path] of [
      [`HTTPS://API.Bank.Example${PATH}`],
      [`${PUBLIC}:443${PATH}`],
      [`${PUBLIC}${PATH}?a=b&c`],
      [`${PUBLIC}${PATH}#fragment`],
      [`${PUBLIC}/v1/accounts/%34%37%31%31`],
      [`${PUBLIC}/v1/x/../accounts/./4711`],
      [`${PUBLIC}/v1/accounts/4711`, '/v1/accounts/%34711'],
      [`${PUBLIC}/v1/accounts/a%2fb`, '/v1/accounts/a%2Fb'],
      [`${PUBLIC}/v1/accounts/a%2Fb`, '/v1/accounts/a%2fb'],
      [`${PUBLIC}/v1/accounts/%7e1`, '/v1/accounts/~1'],
      [`${PUBLIC}${PATH}`, `${PATH}?currency=EUR`],
    ] as const) {
      const { status, json } = await attack({ ...htu(url), ...(path !== undefined && { path }) });
      // The account may be of no valid form, or the query unknown; the proof is good.
      assert.ok([200, 400].includes(status), `${url} for ${path ?? PATH}: ${status} ${JSON.stringify(json)}`);
    }
  });
});
