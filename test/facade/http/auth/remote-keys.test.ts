import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  createRemoteKeys,
  KeysUnavailableError,
  type Keys,
} from '../../../../facade/http/auth/remote-keys.ts';

const MINUTE = 60_000;

describe('remote keys', () => {
  let server: Server;
  let url: URL;
  let now = 0;
  let fetches = 0;
  let answer: (response: ServerResponse) => void;
  let keys: Keys;
  let jwk: JWK;

  const ask = (kid = 'k1'): Promise<unknown> =>
    Promise.resolve(keys.keys({ alg: 'ES256', kid }, { payload: '', signature: '' }));
  const serve = (...served: readonly JWK[]): void => {
    answer = (response) => response.end(JSON.stringify({ keys: served }));
  };
  const fail = (): void => {
    answer = (response) => response.writeHead(500).end();
  };

  beforeEach(async () => {
    jwk = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'k1' };
    fetches = 0;
    now = 0;
    serve(jwk);
    server = createServer((_request, response) => {
      fetches += 1;
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
    keys = createRemoteKeys(
      url,
      { jwksMaxAgeSeconds: 600, jwksStaleSeconds: 3600, jwksCooldownSeconds: 30, jwksTimeoutSeconds: 1 },
      () => now,
    );
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('are fetched once for many who ask at once, and then kept', async () => {
    assert.equal(keys.keysState(), 'unused');
    await Promise.all(Array.from({ length: 50 }, () => ask()));
    now += 9 * MINUTE;
    await ask();
    assert.equal(fetches, 1);
    assert.equal(keys.keysState(), 'fresh');
  });

  it('are fetched again for an unknown key, but not before the cool-down', async () => {
    await ask();
    const before = keys.keysVersion();
    serve(jwk, { ...jwk, kid: 'k2' });
    await assert.rejects(ask('k2'), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
    assert.equal(fetches, 1);
    now += 31_000;
    await ask('k2');
    assert.equal(fetches, 2);
    assert.notEqual(keys.keysVersion(), before);
  });

  it('are not fetched more often for a flood of invented keys', async () => {
    await ask();
    now += 31_000;
    const flood = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => ask(`x${index}`)));
    assert.ok(flood.every(({ status }) => status === 'rejected'));
    assert.equal(fetches, 2);
  });

  it('that were withdrawn are good no longer once they are fetched again', async () => {
    await ask();
    serve({ ...jwk, kid: 'k2' });
    now += 11 * MINUTE;
    await assert.rejects(ask(), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('serve while the issuer is down, but no longer than configured', async () => {
    await ask();
    fail();
    now += 11 * MINUTE;
    assert.ok(Number.isNaN(keys.keysVersion()), 'they are due');
    await ask();
    assert.equal(keys.keysState(), 'stale');
    await ask();
    assert.equal(fetches, 2, 'the next attempt waits for the cool-down');
    assert.equal(keys.keysVersion(), 1, 'what was verified stays so meanwhile');
    now += 70 * MINUTE;
    await assert.rejects(ask(), KeysUnavailableError);
    assert.equal(keys.keysState(), 'unavailable');
    serve(jwk);
    await ask();
    assert.equal(keys.keysState(), 'fresh');
  });

  it('that do not come say so, not that the key of the token is unknown', async () => {
    await ask();
    fail();
    now += 31_000;
    await assert.rejects(ask('k2'), KeysUnavailableError);
    await ask();
  });

  const unfit: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'more than 256 KiB': (response) =>
      response.end(JSON.stringify({ keys: [], padding: 'x'.repeat(300_000) })),
    'no JSON': (response) => response.end('<html>SECRET</html>'),
    'no key set': (response) => response.end('[]'),
    null: (response) => response.end('null'),
    'a redirect': (response) => response.writeHead(302, { Location: '/keys2' }).end(),
    'secret keys alone': (response) => response.end('{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'),
    'private keys alone': (response) => response.end(JSON.stringify({ keys: [{ ...jwk, d: 'x' }] })),
    nothing: () => undefined,
  };
  for (const [name, given] of Object.entries(unfit)) {
    it(`are not had from an answer of ${name}`, async () => {
      answer = given;
      await assert.rejects(ask(), (error: Error) => {
        assert.ok(error instanceof KeysUnavailableError);
        assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /SECRET|c2VjcmV0/);
        return true;
      });
      assert.equal(keys.keysState(), 'unavailable');
    });
  }
});
