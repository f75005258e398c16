import type { JWK } from 'jose';
import { EmbeddedJWK } from 'jose/jwk/embedded';
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import type { webcrypto } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { TokenRefusal } from '../token-refusal.ts';

/** The key in the header of a proof, ready for use. */
export interface ProofKey {
  readonly key: webcrypto.CryptoKey;
  /** Its SHA-256 thumbprint (RFC 7638), in base64url. */
  readonly jkt: string;
}

const TYPES = new Set(['EC', 'RSA', 'OKP']);
/** RFC 7518, 6.2.2, 6.3.2, 6.4.1; draft-ietf-cose-dilithium. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** Of 4096 bits in base64url. The client chooses the key, so that it must not make the check of a signature slow. */
const MODULUS_LENGTH = 683;
/** Of 32 bits. */
const EXPONENT_LENGTH = 6;
const MOST_KEYS = 1000;

/** Keys of proofs by the text of their header, which a client repeats with each request. */
export class ProofKeys {
  readonly #algorithms: ReadonlySet<string>;
  readonly #known = new LRUCache<string, ProofKey>({ max: MOST_KEYS });

  constructor(algorithms: readonly string[]) {
    this.#algorithms = new Set(algorithms);
  }

  /** @param text of the header, in base64url. @param header the same, parsed. @throws TokenRefusal */
  async find(text: string, header: Readonly<Record<string, unknown>>): Promise<ProofKey> {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const key = await this.#load(header);
    this.#known.set(text, key);
    return key;
  }

  async #load({ typ, alg, jwk }: Readonly<Record<string, unknown>>): Promise<ProofKey> {
    // RFC 9449, 4.3, 4 to 7.
    if (typ !== 'dpop+jwt') throw refusal('The proof does not say that it is one.');
    if (typeof alg !== 'string' || !this.#algorithms.has(alg))
      throw refusal('The algorithm of the proof is not accepted.');
    assertPublic(jwk);
    try {
      const key = await EmbeddedJWK({ alg, jwk });
      return { key, jkt: await calculateJwkThumbprint(jwk) };
    } catch (error) {
      throw refusal('The key of the proof cannot be used.', { cause: error });
    }
  }
}

function assertPublic(jwk: unknown): asserts jwk is JWK {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw refusal('The proof has no key.');
  const { kty, n, e } = jwk as Readonly<Record<string, unknown>>;
  if (typeof kty !== 'string' || !TYPES.has(kty))
    throw refusal('The type of key of the proof is not accepted.');
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member)))
    throw refusal('The key of the proof is a private one.');
  if (kty === 'RSA' && !(isAtMost(n, MODULUS_LENGTH) && isAtMost(e, EXPONENT_LENGTH)))
    throw refusal('The key of the proof is too large.');
}

function isAtMost(value: unknown, length: number): boolean {
  return typeof value === 'string' && value.length <= length;
}

function refusal(message: string, options?: ErrorOptions): TokenRefusal {
  return new TokenRefusal(message, 'invalid_dpop_proof', {}, options);
}
