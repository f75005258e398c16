import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import type { AuthConfig, IssuerConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/config-problem.ts';
import {
  DEVELOPMENT_ALGORITHM,
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  developmentPublicKey,
} from './development-key.ts';

/** An issuer with its keys at hand. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  readonly keys: JWTVerifyGetKey;
  /** Changes whenever the keys may have; NaN while they are to be fetched anew. */
  readonly keysVersion: () => number;
}

const FETCH_TIMEOUT_MS = 5000;

/** By the value of `iss`. @throws ConfigError for key files that cannot be used. */
export async function loadIssuers(auth: AuthConfig, configDir: string): Promise<ReadonlyMap<string, Issuer>> {
  const issuers = await Promise.all(
    auth.issuers.map(async (one, index) => ({ ...one, ...(await keysOf(one, index, configDir)) })),
  );
  if (auth.development) issuers.push(await developmentIssuer(configDir));
  return new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
}

async function developmentIssuer(configDir: string): Promise<Issuer & IssuerConfig> {
  if (process.env.NODE_ENV === 'production') {
    throw new ConfigError([
      {
        path: ['auth', 'development'],
        message:
          'NODE_ENV=production forbids it: anyone with the folder could make tokens. Name your issuers under auth.issuers',
      },
    ]);
  }
  return {
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    algorithms: [DEVELOPMENT_ALGORITHM],
    clockSkewSeconds: 0,
    jwks: '',
    ...localKeys({ keys: [await developmentPublicKey(configDir)] }),
  };
}

type Keys = Pick<Issuer, 'keys' | 'keysVersion'>;

async function keysOf({ jwks }: IssuerConfig, index: number, configDir: string): Promise<Keys> {
  const refuse = (reason: string, cause?: unknown): ConfigError =>
    new ConfigError([{ path: ['auth', 'issuers', index, 'jwks'], message: reason }], { cause });
  if (/^https?:/i.test(jwks)) return remoteKeys(new URL(jwks));
  return localKeys(await readKeySet(resolve(configDir, jwks), refuse));
}

function localKeys(keySet: JSONWebKeySet): Keys {
  return { keys: createLocalJWKSet(keySet), keysVersion: () => 0 };
}

/** jose fetches them when a token names an unknown key, and when they have grown old. */
function remoteKeys(url: URL): Keys {
  let fetches = 0;
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: FETCH_TIMEOUT_MS,
    [customFetch]: (address, options) => {
      fetches += 1;
      return fetch(address, options);
    },
  });
  return { keys, keysVersion: () => (keys.fresh && !keys.reloading ? fetches : Number.NaN) };
}

async function readKeySet(
  path: string,
  refuse: (reason: string, cause?: unknown) => ConfigError,
): Promise<JSONWebKeySet> {
  let keySet;
  try {
    keySet = JSON.parse(await readFile(path, 'utf8')) as Partial<JSONWebKeySet> | null;
  } catch (error) {
    throw refuse(`"${path}" cannot be read as a JWK Set (${reasonOf(error)})`, error);
  }
  if (!Array.isArray(keySet?.keys) || keySet.keys.length === 0)
    throw refuse(`"${path}" is no JWK Set: one has a member "keys" with at least one key`);
  const isPublic = keySet.keys.every((key) => key.kty !== 'oct' && key.d === undefined);
  if (!isPublic) throw refuse(`"${path}" holds a secret or private key; only public keys belong here`);
  return { keys: keySet.keys };
}

/** The code of a file error; never the words of the JSON parser, which quote the text. */
function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'it is not JSON';
}
