import { hash } from 'node:crypto';
import { compactVerify } from 'jose/jws/compact/verify';
import type { Clock, IdentifiedRequest } from '../authenticate.ts';
import { parseToken, PROOF } from '../token-form.ts';
import { TokenRefusal } from '../token-refusal.ts';
import type { Nonces } from './nonces.ts';
import { ProofKeys } from './proof-keys.ts';
import type { Replays } from './replays.ts';
import { publicBase, requestUri, targetUri } from './target-uri.ts';

/** What the proof has to go with. */
export interface ProvedToken {
  /** The key that the token is bound to. */
  readonly jkt: string;
  /** SHA-256 of the token, in base64url. */
  readonly tokenHash: string;
}

/**
 * Resolves if the request has a good proof that was not used before. `head` gets a fresh nonce where the client's is aging.
 * @throws TokenRefusal
 */
export type ProofCheck = (request: IdentifiedRequest, token: ProvedToken, head: string[]) => Promise<void>;

export interface ProofCheckOptions {
  readonly publicUrl: string;
  readonly algorithms: readonly string[];
  readonly proofSeconds: number;
  /** Missing: proofs need none, and their age is that of `iat`. */
  readonly nonces?: Nonces;
  readonly replays: Replays;
  readonly clock: Clock;
}

type Claims = Readonly<Record<string, unknown>>;

const MAX_PROOF_BYTES = 4096;
const NONCE_FIELD = 'DPoP-Nonce';

/** RFC 9449, 4.3 and 7.1: what costs little is checked first, and what is kept of a proof is kept once it is known to be good. */
export function createProofCheck(options: ProofCheckOptions): ProofCheck {
  const { algorithms, replays, clock } = options;
  const keys = new ProofKeys(algorithms);
  const base = publicBase(options.publicUrl);
  return async (request, { jkt, tokenHash }, head) => {
    const proof = proofOf(request);
    const { header, payload } = parseToken(proof, PROOF);
    assertMeant(payload, request, base, tokenHash);
    const key = await keys.find(proof.slice(0, proof.indexOf('.')), header);
    if (key.jkt !== jkt) throw new TokenRefusal('The proof is of another key than the token is bound to.');
    await assertSigned(proof, key.key, header['alg'] as string);
    // After the signature: only who has the key begins without a nonce, which counts as no failure.
    const until = goodUntil(payload, options, clock(), head);
    const id = hash('sha256', `${jkt} ${String(payload['jti'])}`, 'base64url');
    if (!(await replays.claim(id, until)))
      throw refusal('The proof was used before. Make one for each request.');
  };
}

/** Node joins repeated fields of this name with a comma, which no proof has. */
function proofOf({ headers }: IdentifiedRequest): string {
  const proof = headers['dpop'];
  if (typeof proof !== 'string' || proof === '') throw refusal('The request has no proof: send it as DPoP.');
  if (proof.length > MAX_PROOF_BYTES) throw refusal('The proof is too long.');
  return proof;
}

/** For this request, with this token. */
function assertMeant(claims: Claims, request: IdentifiedRequest, base: string, tokenHash: string): void {
  const { htm, htu, ath, jti } = claims;
  if (htm !== request.method) throw refusal('The proof is for another method.');
  if (targetUri(htu) !== requestUri(base, request.url ?? '')) throw refusal('The proof is for another URL.');
  if (ath !== tokenHash) throw refusal('The proof is for another token.');
  if (typeof jti !== 'string' || jti === '') throw refusal('The proof has no id.');
}

/** RFC 9449, 4.3, 10 and 11: with nonces of ours the clock of the client does not matter. Milliseconds since the epoch. */
function goodUntil(
  { iat, nonce }: Claims,
  { nonces, proofSeconds }: ProofCheckOptions,
  now: number,
  head: string[],
): number {
  if (typeof iat !== 'number' || !Number.isFinite(iat))
    throw refusal('The proof does not say when it was made.');
  if (nonces === undefined) {
    if (Math.abs(now / 1000 - iat) > proofSeconds)
      throw refusal('The proof is too old, or made in the future. Is the clock right?');
    return (iat + proofSeconds) * 1000;
  }
  const standing = nonces.judge(nonce, now);
  const fresh = { [NONCE_FIELD]: nonces.issue(now) };
  if (standing === undefined)
    throw new TokenRefusal('Repeat the request with the nonce in DPoP-Nonce.', 'use_dpop_nonce', fresh);
  if (standing.isAging) head.push(NONCE_FIELD, fresh[NONCE_FIELD]);
  return standing.until;
}

async function assertSigned(
  proof: string,
  key: Parameters<typeof compactVerify>[1],
  alg: string,
): Promise<void> {
  try {
    await compactVerify(proof, key, { algorithms: [alg] });
  } catch (error) {
    throw refusal('The signature of the proof is wrong.', { cause: error });
  }
}

function refusal(message: string, options?: ErrorOptions): TokenRefusal {
  return new TokenRefusal(message, 'invalid_dpop_proof', {}, options);
}
