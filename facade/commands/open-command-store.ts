import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { CommandsConfig } from '../config/config.ts';
import type { CommandStore, StoreTimes } from './command-store.ts';

const HOUR_MS = 3_600_000;

/**
 * The store that the configuration names. Its driver is loaded only now: most facades never need both, and some neither.
 * @throws CommandStoreError
 */
export async function openCommandStore(
  { store, path, url = '', ...times }: CommandsConfig,
  configDir: string,
  onIdleError: (error: Error) => void,
): Promise<CommandStore> {
  const options = { owner: `${hostname()} ${process.pid} ${randomUUID()}`, times: toTimes(times) };
  if (store === 'postgres') {
    const { openPostgresCommandStore } = await import('./postgres/postgres-command-store.ts');
    return openPostgresCommandStore({ ...options, url, onIdleError });
  }
  const { openSqliteCommandStore } = await import('./sqlite/sqlite-command-store.ts');
  return openSqliteCommandStore({ ...options, path: resolve(configDir, path) });
}

function toTimes(config: Omit<CommandsConfig, 'store' | 'path' | 'url'>): StoreTimes {
  return {
    answeredMs: config.retentionHours * HOUR_MS,
    unknownMs: config.unknownRetentionHours * HOUR_MS,
    leaseMs: config.leaseSeconds * 1000,
    eventsMs: config.eventRetentionHours * HOUR_MS,
  };
}
