import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Nonces } from '../../../../facade/http/auth/dpop/nonces.ts';
import { startBank, type Bank } from '../../bank.ts';
import { ecKey, jws, jwkOf, proofOf, send, thumbprintOf, type RawAnswer } from '../dpop-client.ts';

const PUBLIC = 'https://api.bank.example';
const PATH = '/v1/accounts/4711';
const SECRET = 'a secret of more than thirty-two characters';
const issuerKey = ecKey();
const key = ecKey();

describe('nonces for proofs', () => {
  let bank: Bank;
  let now = Date.now();
  const token = jws(
    { alg: 'ES256', kid: 'k1' },
    {
      iss: 'https://id.bank.example',
      aud: 'portico',
      sub: 'anna',
      exp: Math.floor(now / 1000) + 86_400,
      scope: 'accounts:read',
      cnf: { jkt: thumbprintOf(key.publicKey) },
    },
    issuerKey.privateKey,
  );
  const proof = (payload: object): string =>
    proofOf({ key, method: 'GET', url: PUBLIC + PATH, token }, { payload });
  const call = (dpop: string): Promise<RawAnswer> =>
    send(bank.url + PATH, { Authorization: `DPoP ${token}`, DPoP: dpop });
  const nonceOf = ({ headers }: RawAnswer): string | undefined => headers['dpop-nonce'] as string | undefined;

  const open = (
    nonce: string,
    options: { env?: Record<string, string>; workers?: number } = {},
  ): Promise<Bank> =>
    startBank({
      yaml: `
rateLimit: { requests: 4 }
server: { publicUrl: "${PUBLIC}" }
auth:
  dpop: { nonce: ${nonce} }
  issuers: [ { issuer: "https://id.bank.example", audience: portico, jwks: keys.json, dpop: required } ]`,
      env: options.env ?? {},
      options: { clock: () => now, ...(options.workers !== undefined && { workers: options.workers }) },
      prepare: (folder) => {
        const keys = [{ ...jwkOf(issuerKey.publicKey), kid: 'k1' }];
        writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys }));
        writeFileSync(join(folder, 'secret.txt'), `${SECRET}\n`);
      },
    });

  beforeEach(async () => {
    now = Date.now();
    bank = await open('{ lifetimeSeconds: 300, secret: { file: secret.txt } }');
  });
  afterEach(() => bank.close());

  it('are asked for, and serve from the next proof on', async () => {
    const first = await call(proof({}));
    assert.deepEqual([first.status, first.json['code']], [401, 'proof-nonce-missing']);
    assert.match(
      first.headers['www-authenticate'] ?? '',
      /^DPoP realm="portico", error="use_dpop_nonce", error_description="[^"]+", algs="ES256"$/,
    );
    const nonce = nonceOf(first);
    assert.match(nonce ?? '', /^[A-Za-z0-9_-]{30}$/);
    const good = await call(proof({ nonce }));
    assert.deepEqual([good.status, nonceOf(good)], [200, undefined]);
    assert.equal((await call(proof({ nonce }))).status, 200, 'for as many proofs as are made with it');
  });

  it('are told without counting as failures, to who has the key', async () => {
    for (let index = 0; index < 10; index += 1)
      assert.equal((await call(proof({}))).json['code'], 'proof-nonce-missing');
    const nonce = nonceOf(await call(proof({})));
    assert.equal((await call(proof({ nonce }))).status, 200);
    const other = ecKey();
    const forged = proofOf(
      { key: other, method: 'GET', url: PUBLIC + PATH, token },
      { header: { jwk: jwkOf(key.publicKey) } },
    );
    const codes: unknown[] = [];
    for (let index = 0; index < 5; index += 1) codes.push((await call(forged)).json['code']);
    assert.deepEqual(codes, [...Array<string>(4).fill('proof-invalid'), 'rate-limited']);
  });

  it('make the clock of the client not matter, but its proofs count once', async () => {
    const nonce = nonceOf(await call(proof({})));
    assert.equal((await call(proof({ nonce, iat: 1 }))).status, 200);
    const again = proof({ nonce, iat: 9_999_999_999 });
    assert.equal((await call(again)).status, 200);
    assert.equal((await call(again)).json['code'], 'proof-invalid');
    assert.equal((await call(proof({ nonce, iat: 'now' }))).json['code'], 'proof-invalid');
  });

  it('are renewed in good time, and refused when they are too old', async () => {
    const nonce = nonceOf(await call(proof({})));
    const used = proof({ nonce });
    assert.equal((await call(used)).status, 200);
    now += 200_000;
    const aging = await call(proof({ nonce }));
    assert.equal(aging.status, 200);
    const fresh = nonceOf(aging);
    assert.ok(fresh !== undefined && fresh !== nonce);
    now += 99_000;
    assert.equal((await call(used)).json['code'], 'proof-invalid', 'known until its nonce is too old');
    now += 2000;
    for (const late of [proof({ nonce }), used])
      assert.equal((await call(late)).json['code'], 'proof-nonce-missing');
    assert.equal((await call(proof({ nonce: fresh }))).status, 200);
  });

  it('are no others than ours', async () => {
    const nonce = nonceOf(await call(proof({})))!;
    const bytes = Buffer.from(nonce, 'base64url');
    const later = Buffer.from(bytes);
    later.writeUIntBE(Math.floor(now / 1000) + 100, 0, 6);
    const plain = createHmac('sha256', '').update(bytes.subarray(0, 6)).digest().subarray(0, 16);
    const forged = [
      '',
      nonce.slice(1),
      `${nonce}A`,
      nonce.toUpperCase(),
      'x'.repeat(30),
      later.toString('base64url'),
      Buffer.concat([bytes.subarray(0, 6), plain]).toString('base64url'),
      new Nonces('another secret', 300_000).issue(now),
      [nonce],
      { nonce },
      7,
      null,
    ];
    for (const one of forged) {
      const answer = await call(proof({ nonce: one }));
      assert.equal(answer.json['code'], 'proof-nonce-missing', JSON.stringify(one));
      assert.ok(nonceOf(answer));
    }
  });

  it('are known to every process with the same secret, and to none without', async () => {
    const other = await open('{ lifetimeSeconds: 300, secret: "${SECRET}" }', { env: { SECRET } });
    const alone = await open('{}');
    try {
      const nonce = nonceOf(await call(proof({})));
      const headers = { Authorization: `DPoP ${token}`, DPoP: proof({ nonce }) };
      assert.equal((await send(other.url + PATH, headers)).status, 200);
      assert.equal((await send(alone.url + PATH, headers)).json['code'], 'proof-nonce-missing');
    } finally {
      await other.close();
      await alone.close();
    }
  });

  it('need a secret that is one, and one at all where several processes serve', async () => {
    for (const [nonce, message, workers] of [
      ['{ secret: "${SECRET}" }', /nonce\.secret: is too short/, 1],
      ['{ secret: { file: nowhere } }', /nonce\.secret: nowhere cannot be read/, 1],
      ['{}', /auth\.dpop\.nonce: "secret" is needed/, 2],
    ] as const)
      await assert.rejects(
        open(nonce, { env: { SECRET: 'hunter2' }, workers }),
        (error: Error) => message.test(error.message) && !error.message.includes('hunter2'),
        nonce,
      );
  });
});
