import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a nonce is worth. `isAging`: a fresh one should be sent along. `until`: milliseconds since the epoch. */
export interface NonceStanding {
  readonly until: number;
  readonly isAging: boolean;
}

const TIME_BYTES = 6;
const MAC_BYTES = 16;
const LENGTH = Math.ceil(((TIME_BYTES + MAC_BYTES) * 8) / 6);

/**
 * Nonces that nobody has to keep: the second in which one was made, and an HMAC over it. Whoever knows the secret can make
 * and check them, so all processes of an API can (RFC 9449, 9).
 */
export class Nonces {
  readonly #secret: string | Uint8Array;
  readonly #lifetimeMs: number;
  #last: { readonly second: number; readonly nonce: string } | undefined;

  constructor(secret: string | Uint8Array, lifetimeMs: number) {
    this.#secret = secret;
    this.#lifetimeMs = lifetimeMs;
  }

  /** The same for all who ask in one second. @param now milliseconds since the epoch. */
  issue(now: number): string {
    const second = Math.floor(now / 1000);
    if (this.#last?.second !== second) this.#last = { second, nonce: this.#make(second) };
    return this.#last.nonce;
  }

  /** Undefined for a nonce that is too old, of the future or not ours. @param now milliseconds since the epoch. */
  judge(nonce: unknown, now: number): NonceStanding | undefined {
    if (typeof nonce !== 'string' || nonce.length !== LENGTH) return undefined;
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== TIME_BYTES + MAC_BYTES) return undefined;
    const made = bytes.readUIntBE(0, TIME_BYTES);
    if (!timingSafeEqual(bytes.subarray(TIME_BYTES), this.#mac(bytes.subarray(0, TIME_BYTES))))
      return undefined;
    const age = now - made * 1000;
    // Made by another process, it may come from a clock that is a little ahead.
    if (age < -this.#lifetimeMs || age >= this.#lifetimeMs) return undefined;
    return { until: made * 1000 + this.#lifetimeMs, isAging: age >= this.#lifetimeMs / 2 };
  }

  #make(second: number): string {
    const time = Buffer.alloc(TIME_BYTES);
    time.writeUIntBE(second, 0, TIME_BYTES);
    return Buffer.concat([time, this.#mac(time)]).toString('base64url');
  }

  #mac(time: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret)
      .update('portico DPoP nonce')
      .update(time)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}
