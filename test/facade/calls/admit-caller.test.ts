import assert from 'node:assert/strict';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { admitCaller, type AdmissionGuards } from '../../../facade/calls/admit-caller.ts';
import { createCheckToken } from '../../../facade/http/auth/check-token.ts';
import type { Issuer } from '../../../facade/http/auth/issuers.ts';
import { loadIssuers } from '../../../facade/http/auth/issuers.ts';
import { createRateLimiter } from '../../../facade/http/limits/rate-limiter.ts';
import { ProblemError } from '../../../facade/http/problem.ts';
import type { Route } from '../../../openapi/index.ts';
import { configOf } from '../bank.ts';

const ISSUER = 'https://id.example';
const AN_HOUR = 3600;
const route = { service: 'bank', method: 'POST', path: '/v1/transfers', scopes: ['transfers:write'] };
const transfers = route as unknown as Route;

describe('a caller who comes with a message', () => {
  let guards: AdmissionGuards;
  let sign: (claims?: Record<string, unknown>) => Promise<string>;
  beforeEach(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { auth, rateLimit } = configOf(
      `rateLimit: { requests: 2, windowSeconds: 60 }\nauth: { issuers: [ { issuer: "${ISSUER}", audience: api, jwks: "https://id.example/keys" } ] }\nservices: { bank: { wsdl: bank.wsdl } }`,
    );
    const issuers = await loadIssuers(auth, '.');
    const issuer = issuers.get(ISSUER)!;
    const known: Issuer = { ...issuer, keys: () => Promise.resolve(publicKey), keysVersion: () => 1 };
    guards = {
      checkToken: createCheckToken({
        issuers: new Map([[ISSUER, known]]),
        tokenBytes: auth.tokenBytes,
        clock: Date.now,
      }),
      rateLimiter: createRateLimiter({ ...rateLimit, workers: 1 }, [transfers]),
    };
    const key = { kid: 'k1', ...(await exportJWK(publicKey)) };
    sign = (claims = {}) =>
      new SignJWT({
        iss: ISSUER,
        aud: 'api',
        sub: 'anna',
        scope: 'transfers:write',
        exp: Math.floor(Date.now() / 1000) + AN_HOUR,
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid })
        .sign(privateKey);
  });

  const refusal = async (token: string): Promise<string> => {
    try {
      await admitCaller(guards, transfers, token);
    } catch (error) {
      assert.ok(error instanceof ProblemError);
      return error.problem.code;
    }
    throw new Error('admitted');
  };

  it('is known by a good token', async () => {
    const { principal } = await admitCaller(guards, transfers, await sign());
    assert.deepEqual([principal.issuer, principal.subject], [ISSUER, 'anna']);
  });

  it('is refused without a token, with a false one and with one that has expired', async () => {
    const [head, payload] = (await sign()).split('.');
    assert.equal(await refusal(''), 'token-missing');
    assert.equal(await refusal(`${head}.${payload}.AAAA`), 'token-invalid');
    assert.equal(await refusal('x'.repeat(100_000)), 'token-invalid');
    assert.equal(await refusal(await sign({ exp: 1 })), 'token-invalid');
  });

  it('is refused with a token that is bound to a key or a certificate, as nothing proves it', async () => {
    assert.equal(await refusal(await sign({ cnf: { jkt: 'x'.repeat(43) } })), 'token-invalid');
    assert.equal(await refusal(await sign({ cnf: { 'x5t#S256': 'x'.repeat(43) } })), 'token-invalid');
  });

  it('is refused without the scopes of the route, and above its rate', async () => {
    assert.equal(await refusal(await sign({ scope: 'accounts:read' })), 'insufficient-scope');
    const token = await sign();
    await admitCaller(guards, transfers, token);
    await admitCaller(guards, transfers, token);
    assert.equal(await refusal(token), 'rate-limited');
  });
});
