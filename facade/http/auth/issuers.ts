import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet } from 'jose/jwks/local';
import type { AuthConfig, IssuerConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/config-problem.ts';
import type { Tally } from '../../metrics/tally.ts';
import {
  DEVELOPMENT_ALGORITHM,
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  developmentPublicKey,
} from './development-key.ts';
import { createRemoteKeys, type Keys } from './remote-keys.ts';

/** An issuer with its keys at hand. */
export type Issuer = Keys &
  Pick<
    IssuerConfig,
    | 'issuer'
    | 'audience'
    | 'algorithms'
    | 'clockSkewSeconds'
    | 'tokenType'
    | 'maxTokenAgeSeconds'
    | 'dpop'
    | 'mtls'
  >;

/**
 * By the value of `iss`.
 * @param clock milliseconds since the epoch, for the age of fetched keys.
 * @throws ConfigError for key files that cannot be used.
 */
export async function loadIssuers(
  auth: AuthConfig,
  configDir: string,
  clock: () => number = () => Date.now(),
  tally?: Tally,
): Promise<ReadonlyMap<string, Issuer>> {
  const issuers: Issuer[] = await Promise.all(
    auth.issuers.map(async (one, index) => ({
      ...one,
      ...(await keysOf(one, index, configDir, clock, tally)),
    })),
  );
  if (auth.development) issuers.push(await developmentIssuer(configDir));
  return new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
}

async function developmentIssuer(configDir: string): Promise<Issuer> {
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
    tokenType: 'at+jwt',
    dpop: 'off',
    mtls: 'off',
    ...localKeys({ keys: [await developmentPublicKey(configDir)] }),
  };
}

async function keysOf(
  issuer: IssuerConfig,
  index: number,
  configDir: string,
  clock: () => number,
  tally: Tally | undefined,
): Promise<Keys> {
  const { jwks } = issuer;
  const refuse = (reason: string, cause?: unknown): ConfigError =>
    new ConfigError([{ path: ['auth', 'issuers', index, 'jwks'], message: reason }], { cause });
  if (/^https?:/i.test(jwks)) return createRemoteKeys(new URL(jwks), issuer, clock, tally);
  return localKeys(await readKeySet(resolve(configDir, jwks), refuse));
}

function localKeys(keySet: JSONWebKeySet): Keys {
  return { keys: createLocalJWKSet(keySet), keysVersion: () => 0, keysState: () => 'fresh' };
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
