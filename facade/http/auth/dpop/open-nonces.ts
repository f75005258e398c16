import { randomBytes } from 'node:crypto';
import type { DpopConfig } from '../../../config/config.ts';
import { ServiceFiles } from '../../../operations/service-files.ts';
import { Nonces } from './nonces.ts';

const RANDOM_BYTES = 32;

/** @param workers processes that serve the same address. @throws ConfigError for a secret that is missing, unreadable or short. */
export function openNonces({ nonce }: DpopConfig, configDir: string, workers: number): Nonces | undefined {
  if (nonce === undefined) return undefined;
  const { secret, lifetimeSeconds } = nonce;
  const files = new ServiceFiles(configDir, ['auth', 'dpop', 'nonce']);
  if (secret === undefined && workers > 1)
    throw files.error(
      '"secret" is needed, as several processes serve this API, and each has to know the nonces of the others',
    );
  const text = secret === undefined ? undefined : files.strongSecret(secret, 'secret');
  return new Nonces(text ?? randomBytes(RANDOM_BYTES), lifetimeSeconds * 1000);
}
