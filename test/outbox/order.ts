import { randomUUID } from 'node:crypto';
import type { BusTopology } from '../../connectors/index.ts';
import type { CommandStore } from '../../facade/commands/command-store.ts';
import { openPostgresCommandStore } from '../../facade/commands/postgres/postgres-command-store.ts';
import { openSqliteCommandStore } from '../../facade/commands/sqlite/sqlite-command-store.ts';

/** What a process is to do. */
export interface Order {
  /** Path of a SQLite file, or URL of a PostgreSQL database. */
  readonly store: string;
  readonly broker: string;
  /** To be written down first; `count` is the place of an event in its lane, the first of which may be written once more. */
  readonly events: readonly { readonly lane: string; readonly count: number }[];
  /** The publication, from 1, at which it kills itself; missing: it ends when the outbox is empty. */
  readonly diesAt?: number;
  /** After that publication, not before. */
  readonly diesAfter?: boolean;
}

export const EXCHANGE = 'outbox.events';
export const QUEUE = 'outbox.heard';

export const topology: BusTopology = {
  mode: 'declare',
  exchanges: [EXCHANGE],
  deadLetterExchange: 'outbox.dead',
  queues: [
    {
      name: QUEUE,
      type: 'quorum',
      bindings: [{ exchange: EXCHANGE, pattern: '#' }],
      retryDelaysMs: [],
      deliveryLimit: 1000,
    },
  ],
};

const HOUR_MS = 3_600_000;
/** What a dead process had claimed is free again so soon. */
const LEASE_MS = 400;

export function openStore(store: string): Promise<CommandStore> {
  const times = { answeredMs: HOUR_MS, unknownMs: HOUR_MS, eventsMs: HOUR_MS, leaseMs: LEASE_MS };
  const owner = `${process.pid} ${randomUUID()}`;
  return store.startsWith('postgres:')
    ? openPostgresCommandStore({ url: store, owner, times })
    : openSqliteCommandStore({ path: store, owner, times, busyMs: 20_000 });
}
