import type { DeferredConfig } from '../config/config.ts';
import { ServiceFiles } from '../operations/service-files.ts';
import { createSeal, type Seal } from './seal.ts';

/** @throws ConfigError for a key that is unreadable or short */
export function openSeal({ encryptionKey, formerEncryptionKey }: DeferredConfig, configDir: string): Seal {
  const files = new ServiceFiles(configDir, ['commands', 'deferred']);
  return createSeal([
    ...(encryptionKey === undefined ? [] : [files.strongSecret(encryptionKey, 'encryptionKey')]),
    ...(formerEncryptionKey === undefined
      ? []
      : [files.strongSecret(formerEncryptionKey, 'formerEncryptionKey')]),
  ]);
}
