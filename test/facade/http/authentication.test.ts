import assert from 'node:assert/strict';
import type { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { base64url, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createDevelopmentToken, createFacade } from '../../../facade/index.ts';
import { configOf, problemOf, startBank, type Bank } from '../bank.ts';

const ISSUER = 'https://id.bank.example';
const claims = { customer: 'anna', scope: 'accounts:read transfers:write' };
const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;

describe('authentication and authorization', () => {
  let bank: Bank;
  let privateKey: webcrypto.CryptoKey;
  let publicKey: webcrypto.CryptoKey;

  const sign = (
    payload: Record<string, unknown> = {},
    header: { alg: string; kid?: string } = { alg: 'ES256', kid: 'k1' },
    key: webcrypto.CryptoKey | Uint8Array = privateKey,
  ): Promise<string> =>
    new SignJWT({ iss: ISSUER, aud: 'portico', sub: 'anna', exp: inAnHour(), ...claims, ...payload })
      .setProtectedHeader(header)
      .sign(key);
  const statusOf = async (token: string): Promise<number> =>
    (await bank.call('/v1/accounts/4711', { headers: { Authorization: `Bearer ${token}` } })).status;
  const refusal = async (token: string): Promise<string> => {
    const response = await bank.call('/v1/accounts/4711', { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(response.status, 401);
    assert.match(
      response.headers.get('www-authenticate') ?? '',
      /^Bearer realm="portico", error="invalid_token", error_description="[^"]+"$/,
    );
    const problem = await problemOf(response);
    assert.equal(problem.code, 'token-invalid');
    return problem.detail ?? '';
  };

  before(async () => {
    ({ privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true }));
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
    bank = await startBank({
      yaml: `auth: { development: true, issuers: [ { issuer: "${ISSUER}", audience: portico, jwks: ./keys.json } ] }`,
      options: {},
      prepare: (folder) => {
        writeFileSync(join(folder, 'keys.json'), keys);
      },
    });
  });
  after(() => bank.close());

  it('lets a good token through, with the customer from the token', async () => {
    assert.equal(await statusOf(await sign()), 200);
    assert.match(bank.calls.at(-1)?.envelope ?? '', /CustomerId>anna</);
  });

  it('asks for a token where there is none, without saying more', async () => {
    for (const authorization of ['', 'Basic YTpi']) {
      const response = await bank.call('/v1/accounts/4711', { headers: { Authorization: authorization } });
      assert.equal(response.status, 401);
      assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="portico"');
      assert.equal((await problemOf(response)).code, 'token-missing');
    }
  });

  it('takes the scheme in any case', async () => {
    assert.equal(
      (await bank.call('/v1/accounts/4711', { headers: { Authorization: `bEARER ${await sign()}` } })).status,
      200,
    );
  });

  it('refuses an expired token, one not yet valid, and one without an expiry', async () => {
    assert.match(await refusal(await sign({ exp: inAnHour() - 3700 })), /expired/);
    await refusal(await sign({ nbf: inAnHour() }));
    await refusal(await sign({ exp: undefined }));
    assert.equal(await statusOf(await sign({ exp: inAnHour() - 3610 })), 200, 'within clockSkewSeconds');
  });

  it('refuses another issuer, another audience, and a token without a subject', async () => {
    assert.match(await refusal(await sign({ iss: 'https://evil.example' })), /issuer/);
    await refusal(await sign({ iss: undefined }));
    await refusal(await sign({ aud: 'another-api' }));
    await refusal(await sign({ aud: undefined }));
    await refusal(await sign({ sub: undefined }));
    await refusal(await sign({ sub: '' }));
  });

  it('refuses alg none, HMAC with the public key, and algorithms not listed', async () => {
    const payload = { iss: ISSUER, aud: 'portico', sub: 'anna', exp: inAnHour(), ...claims };
    await refusal(new UnsecuredJWT(payload).encode());
    const pem = new TextEncoder().encode(await exportSPKI(publicKey));
    await refusal(await sign({}, { alg: 'HS256', kid: 'k1' }, pem));
    const jwk = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
    await refusal(await sign({}, { alg: 'HS256', kid: 'k1' }, jwk));
    const other = await generateKeyPair('ES384');
    await refusal(await sign({}, { alg: 'ES384', kid: 'k1' }, other.privateKey));
  });

  it('refuses another key, an unknown key id, a changed payload and rubbish', async () => {
    const other = await generateKeyPair('ES256');
    await refusal(await sign({}, undefined, other.privateKey));
    await refusal(await sign({}, { alg: 'ES256', kid: 'k2' }));
    const [header, , signature] = (await sign()).split('.');
    const forged = base64url.encode(
      JSON.stringify({ iss: ISSUER, aud: 'portico', sub: 'bert', exp: inAnHour(), ...claims }),
    );
    await refusal(`${header}.${forged}.${signature}`);
    for (const rubbish of ['x', 'a.b.c', `${await sign()} more`, '.'.repeat(50)]) await refusal(rubbish);
  });

  it('does not take the key of one issuer for another', async () => {
    await refusal(await sign({ iss: 'portico-development' }));
  });

  it('answers 403 with the scopes needed where one is missing', async () => {
    const token = await sign({ scope: 'accounts:read' });
    const response = await bank.post('/v1/transfers', {}, { Authorization: `Bearer ${token}` });
    assert.equal(response.status, 403);
    assert.equal(
      response.headers.get('www-authenticate'),
      'Bearer realm="portico", error="insufficient_scope", scope="transfers:write accounts:read"',
    );
    assert.match((await problemOf(response)).detail ?? '', /"transfers:write"/);
  });

  it('reads scopes from a scp list too, and takes no part of a scope for the whole', async () => {
    assert.equal(await statusOf(await sign({ scope: undefined, scp: ['accounts:read'] })), 200);
    assert.equal(await statusOf(await sign({ scope: 'accounts:readonly accounts' })), 403);
    assert.equal(await statusOf(await sign({ scope: undefined })), 403);
  });

  it('answers 403 where the token lacks a claim that the operation needs, or has an unfit one', async () => {
    for (const customer of [undefined, { a: 1 }, 'NOT A CUSTOMER']) {
      const response = await bank.call('/v1/cached/4711', {
        headers: { Authorization: `Bearer ${await sign({ customer })}` },
      });
      assert.equal(response.status, 403, JSON.stringify(customer));
      const problem = await problemOf(response);
      assert.equal(problem.code, 'claim-missing');
      assert.match(problem.detail ?? '', /"customer"/);
      assert.doesNotMatch(problem.detail ?? '', /NOT A/);
    }
  });
});

describe('remote keys', () => {
  it('are fetched, and an issuer that is down gives 503, not 401', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    let isUp = false;
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] });
    const server = createServer(
      (_request, response) => void response.writeHead(isUp ? 200 : 500).end(keys),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    const bank = await startBank({
      yaml: `auth: { issuers: [ { issuer: "${ISSUER}", audience: portico, jwks: "${jwks}" } ] }`,
    });
    try {
      const token = await new SignJWT({ ...claims })
        .setIssuer(ISSUER)
        .setAudience('portico')
        .setSubject('anna')
        .setExpirationTime('1h')
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .sign(privateKey);
      const headers = { Authorization: `Bearer ${token}` };
      const down = await bank.call('/v1/accounts/4711', { headers });
      assert.equal((await problemOf(down)).code, 'keys-unavailable');
      assert.ok(down.headers.get('retry-after'));
      isUp = true;
      assert.equal((await bank.call('/v1/accounts/4711', { headers })).status, 200);
      const development = await bank.call('/v1/accounts/4711');
      assert.equal(development.status, 401, 'development tokens only where they are switched on');
    } finally {
      await bank.close();
      server.close();
    }
  });
});

describe('development tokens', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank();
  });
  after(() => bank.close());

  it('have a key that only its owner can read, made once', async () => {
    const path = join(bank.folder, '.portico', 'dev-key.json');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const tokens = await Promise.all(
      Array.from({ length: 5 }, () =>
        createDevelopmentToken({ configDir: bank.folder, subject: 'anna', scopes: ['accounts:read'] }),
      ),
    );
    for (const token of tokens)
      assert.equal(
        (await bank.call('/v1/accounts/1', { headers: { Authorization: `Bearer ${token}` } })).status,
        200,
      );
  });

  it('are refused altogether under NODE_ENV=production', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await assert.rejects(
        createFacade({ config: configOf('services: { bank: { wsdl: bank.wsdl } }'), configDir: bank.folder }),
        /NODE_ENV=production forbids/,
      );
    } finally {
      if (before === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = before;
    }
  });

  it('are not mixed up with key files that hold secrets', async () => {
    const refuse = async (keys: unknown, expected: RegExp): Promise<void> => {
      writeFileSync(join(bank.folder, 'bad.json'), JSON.stringify(keys));
      const config = configOf(
        'auth: { issuers: [ { issuer: a, audience: b, jwks: bad.json } ] }\nservices: { bank: { wsdl: bank.wsdl } }',
      );
      await assert.rejects(createFacade({ config, configDir: bank.folder }), expected);
    };
    await refuse({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, /secret or private/);
    await refuse({ keys: [] }, /at least one key/);
    await refuse([], /at least one key/);
  });
});
