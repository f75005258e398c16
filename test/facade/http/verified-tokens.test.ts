import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import {
  createAuthenticate,
  type Authenticate,
  type IdentifiedRequest,
} from '../../../facade/http/auth/authenticate.ts';
import { loadIssuers } from '../../../facade/http/auth/issuers.ts';
import { ProblemError } from '../../../facade/http/problem.ts';
import { configOf } from '../bank.ts';

const ISSUER = 'https://id.example';
const AN_HOUR = 3600;

describe('verified tokens', () => {
  let server: Server;
  let keys: JWK[] = [];
  let fetches = 0;
  let now = Date.now();
  let authenticate: Authenticate;
  let sign: (claims?: Record<string, unknown>) => Promise<string>;

  beforeEach(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }];
    fetches = 0;
    now = Date.now();
    server = createServer((_request, response) => {
      fetches += 1;
      response.end(JSON.stringify({ keys }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    const { auth } = configOf(
      `auth: { issuers: [ { issuer: "${ISSUER}", audience: api, jwks: "${jwks}" } ] }\nservices: { bank: { wsdl: bank.wsdl } }`,
    );
    authenticate = createAuthenticate({
      issuers: await loadIssuers(auth, '.'),
      tokenBytes: auth.tokenBytes,
      clock: () => now,
      offered: new Map([['Bearer', {}]]),
    });
    sign = (claims = {}) =>
      new SignJWT({ iss: ISSUER, aud: 'api', sub: 'anna', exp: Math.floor(now / 1000) + AN_HOUR, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .sign(privateKey);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const request = (token: string, socket: Socket = new Socket()): IdentifiedRequest => ({
    headers: { authorization: `Bearer ${token}` },
    rawHeaders: [],
    socket,
  });
  const isRefused = async (token: string, socket?: Socket): Promise<boolean> => {
    try {
      await authenticate(request(token, socket), []);
      return false;
    } catch (error) {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problem.code, 'token-invalid');
      return true;
    }
  };
  /** The first check fetches the keys; what is kept is kept from the second on. */
  const verified = async (token: string): Promise<void> => {
    await authenticate(request(token), []);
    await authenticate(request(token), []);
    assert.ok(!(authenticate(request(token), []) instanceof Promise), 'it is known by now');
  };

  it('are not verified again', async () => {
    const token = await sign();
    await verified(token);
    const caller = await authenticate(request(token), []);
    assert.equal(caller.principal.subject, 'anna');
    assert.equal(await authenticate(request(token), []), caller);
  });

  it('are not taken for others that differ in their signature or payload', async () => {
    const token = await sign();
    await verified(token);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const changed = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    assert.ok(await isRefused(`${header}.${payload}.${changed}`));
    const other = Buffer.from(JSON.stringify({ iss: ISSUER, aud: 'api', sub: 'ben', exp: 9_999_999_999 }));
    assert.ok(await isRefused(`${header}.${other.toString('base64url')}.${signature}`));
  });

  it('are taken from the connection that they came on, and only there and as long as they are good', async () => {
    const anna = await sign();
    const ben = await sign({ sub: 'ben' });
    const socket = new Socket();
    for (const token of [anna, anna, anna, ben, ben, ben, anna]) {
      const { principal } = await authenticate(request(token, socket), []);
      assert.equal(principal.subject, token === anna ? 'anna' : 'ben');
    }
    now += (AN_HOUR + 31) * 1000;
    assert.ok(await isRefused(anna, socket));
  });

  it('do not hide that the field Authorization came twice', async () => {
    const token = await sign();
    const socket = new Socket();
    await authenticate(request(token, socket), []);
    await authenticate(request(token, socket), []);
    const authorization = `Bearer ${token}`;
    const twice = {
      ...request(token, socket),
      rawHeaders: ['Authorization', authorization, 'authorization', 'Bearer other'],
    };
    assert.throws(() => authenticate(twice, []), ProblemError);
  });

  it('are forgotten when they expire, the tolerated skew later', async () => {
    const token = await sign();
    await verified(token);
    now += (AN_HOUR + 29) * 1000;
    assert.ok(!(authenticate(request(token), []) instanceof Promise));
    now += 2000;
    assert.ok(await isRefused(token));
  });

  it('are forgotten when the keys have been fetched again, and refused if theirs is gone', async () => {
    const token = await sign();
    await verified(token);
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    keys = [{ ...(await exportJWK(publicKey)), kid: 'k2', alg: 'ES256' }];
    const realNow = Date.now;
    Date.now = (): number => realNow() + 11 * 60_000;
    try {
      assert.ok(await isRefused(token));
    } finally {
      Date.now = realNow;
    }
    assert.equal(fetches, 2);
  });
});
