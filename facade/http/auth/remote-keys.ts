import type { JSONWebKeySet, JWK, JWTVerifyGetKey } from 'jose';
import * as errors from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import type { Tally } from '../../metrics/tally.ts';
import type { IssuerConfig } from '../../config/config.ts';

/** `unused`: no token has asked for them yet; `stale`: old, but the issuer does not answer; `unavailable`: none, or too old. */
export type KeysState = 'unused' | 'fresh' | 'stale' | 'unavailable';

/** The public keys of an issuer. */
export interface Keys {
  /** @throws what jose throws for a token without a fitting key, or KeysUnavailableError. */
  readonly keys: JWTVerifyGetKey;
  /** Changes whenever the keys may have; NaN while they are to be fetched anew. */
  readonly keysVersion: () => number;
  readonly keysState: () => KeysState;
}

/** The keys could not be had, so nothing can be said of a token. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

export type RemoteKeysOptions = Pick<
  IssuerConfig,
  'jwksMaxAgeSeconds' | 'jwksStaleSeconds' | 'jwksCooldownSeconds' | 'jwksTimeoutSeconds'
>;

const MAX_BYTES = 256 * 1024;
const OK = 200;

/**
 * Fetched when first needed, when older than `jwksMaxAgeSeconds`, and when a token names an unknown key, but then not before
 * `jwksCooldownSeconds` after the last attempt: tokens with invented key ids must not become load on the issuer.
 * @param clock milliseconds since the epoch.
 */
export function createRemoteKeys(
  url: URL,
  options: RemoteKeysOptions,
  clock: () => number,
  tally?: Tally,
): Keys {
  const remote = new RemoteKeys(url, options, clock, tally);
  return {
    keys: (header, token) => remote.find(header, token),
    keysVersion: () => remote.version(),
    keysState: () => remote.state(),
  };
}

class RemoteKeys {
  readonly #url: URL;
  readonly #options: RemoteKeysOptions;
  readonly #clock: () => number;
  readonly #tally: Tally | undefined;
  #local: JWTVerifyGetKey | undefined;
  #version = 0;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #failure: unknown;
  #pending: Promise<void> | undefined;

  constructor(url: URL, options: RemoteKeysOptions, clock: () => number, tally: Tally | undefined) {
    this.#url = url;
    this.#options = options;
    this.#clock = clock;
    this.#tally = tally;
  }

  async find(...question: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    const isDue = !this.#isFresh() && !(this.#isUsable() && this.#isCoolingDown());
    if (isDue) await this.#reload();
    const local = this.#usable();
    try {
      return await local(...question);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!isDue && !this.#isCoolingDown()) await this.#reload();
      // Whether a key is unknown or only new, an issuer that does not answer leaves open.
      if (this.#failure !== undefined) throw this.#unavailable();
      return this.#usable()(...question);
    }
  }

  version(): number {
    return this.#isFresh() || (this.#isUsable() && this.#isCoolingDown()) ? this.#version : Number.NaN;
  }

  state(): KeysState {
    if (this.#isFresh() && this.#failure === undefined) return 'fresh';
    if (this.#local === undefined && this.#failure === undefined) return 'unused';
    if (!this.#isUsable()) return 'unavailable';
    return this.#failure === undefined ? 'fresh' : 'stale';
  }

  #isFresh(): boolean {
    return this.#clock() < this.#fetchedAt + this.#options.jwksMaxAgeSeconds * 1000;
  }

  #isUsable(): boolean {
    const { jwksMaxAgeSeconds, jwksStaleSeconds } = this.#options;
    return this.#clock() < this.#fetchedAt + (jwksMaxAgeSeconds + jwksStaleSeconds) * 1000;
  }

  #isCoolingDown(): boolean {
    return this.#clock() < this.#attemptedAt + this.#options.jwksCooldownSeconds * 1000;
  }

  #usable(): JWTVerifyGetKey {
    if (this.#local === undefined || !this.#isUsable()) throw this.#unavailable();
    return this.#local;
  }

  #unavailable(): KeysUnavailableError {
    return new KeysUnavailableError(`the keys at ${this.#url.host} cannot be had`, { cause: this.#failure });
  }

  /** All who wait, wait for the same fetch. A failure is remembered, not thrown: old keys may still serve. */
  #reload(): Promise<void> {
    return (this.#pending ??= this.#fetch().finally(() => {
      this.#pending = undefined;
    }));
  }

  async #fetch(): Promise<void> {
    if (this.#tally !== undefined) this.#tally.keyFetches += 1;
    try {
      const keySet = await fetchKeySet(this.#url, this.#options.jwksTimeoutSeconds * 1000);
      this.#local = createLocalJWKSet(keySet);
      this.#fetchedAt = this.#clock();
      this.#version += 1;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
      if (this.#tally !== undefined) this.#tally.keyFetchFailures += 1;
    }
    this.#attemptedAt = this.#clock();
  }
}

/** Redirects are not followed: the keys come from where the configuration says, or not at all. */
async function fetchKeySet(url: URL, timeoutMs: number): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== OK) {
    await response.body?.cancel();
    throw new KeysUnavailableError(`${url.host} answered ${response.status}`);
  }
  const keys = keysOf(parse(await readBounded(response, url), url));
  if (keys.length === 0) throw new KeysUnavailableError(`${url.host} answered no JWK Set with a public key`);
  return { keys };
}

async function readBounded(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES)
      throw new KeysUnavailableError(`${url.host} answered more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The words of the JSON parser quote the text, and would stand in the log. */
function parse(text: string, url: URL): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new KeysUnavailableError(`${url.host} answered no JSON`);
  }
}

/** Those that are public; a set may hold others for other uses, which are no reason to refuse it. */
function keysOf(keySet: unknown): JWK[] {
  const { keys } = (keySet ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) return [];
  return (keys as readonly (JWK | null)[]).filter(
    (key): key is JWK =>
      typeof key === 'object' &&
      key !== null &&
      typeof key.kty === 'string' &&
      key.kty !== 'oct' &&
      key.d === undefined,
  );
}
