import type { PorticoConfig } from '../../config/config.ts';
import type { Tally } from '../../metrics/tally.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import { createAuthenticate, type Authenticate, type Clock } from './authenticate.ts';
import { createCertificateOf } from './client-certificate.ts';
import type { OfferedSchemes, Scheme } from './challenge.ts';
import type { Nonces } from './dpop/nonces.ts';
import { createProofCheck, type ProofCheck } from './dpop/proof-check.ts';
import { localReplays, sharedReplays } from './dpop/replays.ts';
import type { Issuer } from './issuers.ts';

export interface OpenAuthenticateOptions {
  readonly config: Pick<PorticoConfig, 'auth' | 'server'>;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly clock: Clock;
  /** Missing: none are asked for. */
  readonly nonces: Nonces | undefined;
  /** For what all processes of the API have to know. */
  readonly redis?: RedisLink | undefined;
  readonly tally?: Tally | undefined;
}

/** Authentication as the configuration has it; what no issuer needs is not there. */
export function openAuthenticate(options: OpenAuthenticateOptions): Authenticate {
  const { config, issuers, clock } = options;
  const all = [...issuers.values()];
  return createAuthenticate({
    issuers,
    tokenBytes: config.auth.tokenBytes,
    clock,
    ...(options.tally && { tally: options.tally }),
    offered: offeredSchemes(all, config.auth.dpop.algorithms),
    ...(all.some(({ dpop }) => dpop !== 'off') && { checkProof: openProofCheck(options) }),
    ...(all.some(({ mtls }) => mtls !== 'off') && { certificateOf: createCertificateOf(config.server) }),
  });
}

function offeredSchemes(issuers: readonly Issuer[], algorithms: readonly string[]): OfferedSchemes {
  const offered = new Map<Scheme, Readonly<Record<string, string>>>();
  if (issuers.some(({ dpop }) => dpop !== 'required')) offered.set('Bearer', {});
  if (issuers.some(({ dpop }) => dpop !== 'off')) offered.set('DPoP', { algs: algorithms.join(' ') });
  return offered;
}

function openProofCheck({ config, clock, nonces, redis }: OpenAuthenticateOptions): ProofCheck {
  const { algorithms, proofSeconds } = config.auth.dpop;
  return createProofCheck({
    // Given wherever an issuer binds tokens to keys; `checkAuth` sees to it.
    publicUrl: config.server.publicUrl!,
    algorithms,
    proofSeconds,
    clock,
    replays: redis === undefined ? localReplays(clock) : sharedReplays(redis, clock),
    ...(nonces && { nonces }),
  });
}
