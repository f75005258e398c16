import { randomBytes } from 'node:crypto';
import type { PorticoConfig } from '../../config/config.ts';
import { ServiceFiles } from '../../operations/service-files.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import { createAuthenticate, type Authenticate, type Clock } from './authenticate.ts';
import type { OfferedSchemes, Scheme } from './challenge.ts';
import { Nonces } from './dpop/nonces.ts';
import { createProofCheck, type ProofCheck } from './dpop/proof-check.ts';
import { localReplays, sharedReplays } from './dpop/replays.ts';
import type { Issuer } from './issuers.ts';

export interface OpenAuthenticateOptions {
  readonly config: Pick<PorticoConfig, 'auth' | 'server'>;
  readonly configDir: string;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly clock: Clock;
  /** For what all processes of the API have to know. */
  readonly redis?: RedisLink | undefined;
}

const LEAST_SECRET = 32;
const NONCE_PATH = ['auth', 'dpop', 'nonce'];

/** Authentication as the configuration has it; what no issuer needs is not there. @throws ConfigError */
export function openAuthenticate(options: OpenAuthenticateOptions): Authenticate {
  const { config, issuers, clock } = options;
  const all = [...issuers.values()];
  return createAuthenticate({
    issuers,
    tokenBytes: config.auth.tokenBytes,
    clock,
    offered: offeredSchemes(all, config.auth.dpop.algorithms),
    ...(all.some(({ dpop }) => dpop !== 'off') && { checkProof: openProofCheck(options) }),
  });
}

function offeredSchemes(issuers: readonly Issuer[], algorithms: readonly string[]): OfferedSchemes {
  const offered = new Map<Scheme, Readonly<Record<string, string>>>();
  if (issuers.some(({ dpop }) => dpop !== 'required')) offered.set('Bearer', {});
  if (issuers.some(({ dpop }) => dpop !== 'off')) offered.set('DPoP', { algs: algorithms.join(' ') });
  return offered;
}

function openProofCheck({ config, configDir, clock, redis }: OpenAuthenticateOptions): ProofCheck {
  const { algorithms, proofSeconds, nonce } = config.auth.dpop;
  return createProofCheck({
    // Given wherever an issuer binds tokens to keys; `checkAuth` sees to it.
    publicUrl: config.server.publicUrl!,
    algorithms,
    proofSeconds,
    clock,
    replays: redis === undefined ? localReplays(clock) : sharedReplays(redis, clock),
    ...(nonce && { nonces: new Nonces(nonceSecret(nonce, configDir), nonce.lifetimeSeconds * 1000) }),
  });
}

function nonceSecret(
  { secret }: NonNullable<PorticoConfig['auth']['dpop']['nonce']>,
  configDir: string,
): string | Uint8Array {
  if (secret === undefined) return randomBytes(LEAST_SECRET);
  const files = new ServiceFiles(configDir, NONCE_PATH);
  const text = files.secret(secret, 'secret');
  if (text.length >= LEAST_SECRET) return text;
  throw files.error(
    `is too short to be kept secret: take ${LEAST_SECRET} random characters or more`,
    'secret',
  );
}
