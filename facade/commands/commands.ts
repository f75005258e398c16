import type { Begun, CommandStore, Ending, NewCommand } from './command-store.ts';
import type { Accepted, NewDeferred } from './deferred-store.ts';
import { createEndings } from './endings.ts';
import type { NewEvent } from './outbox-store.ts';
import { createLease } from './lease.ts';

/** The commands of this process: a store that is opened when it is first needed, its lease, and its sweeping. */
export interface Commands {
  /** @throws CommandStoreError; then nothing may be sent. */
  begin(command: NewCommand): Promise<Begun>;
  /** As `CommandStore.resend`. @throws CommandStoreError; then nothing may be sent, and the command is to be `unsent`. */
  resend(id: string, claim: string, next: string, unsent: Ending): Promise<boolean>;
  /**
   * Writes how an attempt ended, with the event that tells of it. Where the store does not take it now, it is tried again until it does: the command is
   * `running` so long, and unknown if this process dies before.
   * @returns false if the attempt no longer counts, or that is not known.
   */
  end(id: string, claim: string, ending: Ending, event?: NewEvent): Promise<boolean>;
  /**
   * As `DeferredStore.accept`; what may have been written when that failed is taken back as soon as that is possible.
   * @throws CommandStoreError
   */
  accept(command: Omit<NewCommand, 'claim'>, operation: NewDeferred): Promise<Accepted>;
  /** What else the store holds. @throws CommandStoreError */
  store(): Promise<Pick<CommandStore, 'deferred' | 'outbox' | 'inbox'>>;
  /** Whether others still believe this process to be alive. If not, nothing may be sent: they may have taken it over. */
  isLeaseValid(): boolean;
  /** Opens the store, if that has not happened. @throws CommandStoreError */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface CommandsOptions {
  readonly openStore: () => Promise<CommandStore>;
  readonly leaseMs: number;
  /** Told of what failed in the background. */
  readonly onError: (error: unknown, what: string) => void;
  /** How often the store is swept, and endings that it did not take are tried again; default a minute, and a second. */
  readonly sweepMs?: number;
  readonly retryMs?: number;
}

const SWEEP_MS = 60_000;
const SWEEP_MOST = 1000;

export function createCommands(options: CommandsOptions): Commands {
  const { leaseMs, onError, sweepMs = SWEEP_MS } = options;
  let opening: Promise<CommandStore> | undefined;
  let sweeper: NodeJS.Timeout | undefined;
  const lease = createLease(leaseMs, async () => (await store()).beat(), onError);
  const endings = createEndings(async (...ending) => (await store()).end(...ending), options);
  const open = async (): Promise<CommandStore> => {
    const opened = await options.openStore();
    await lease.start(() => opened.beat());
    sweeper ??= setInterval(() => void sweep(), sweepMs).unref();
    return opened;
  };
  /** What failed to open is tried again by whoever needs it next. */
  const store = (): Promise<CommandStore> =>
    (opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  const sweep = async (): Promise<void> => {
    try {
      const opened = await store();
      for (const part of [opened, opened.deferred, opened.outbox, opened.inbox])
        while ((await part.sweep(SWEEP_MOST)) === SWEEP_MOST);
    } catch (error) {
      onError(error, 'Commands whose time is over were not forgotten');
    }
  };
  return {
    async begin(command) {
      const opened = await store();
      return opened.begin(command).catch((error: unknown) => {
        // It may have been written all the same. Nothing was sent, so the key must not stay taken.
        endings.later(command.id, command.claim, { kind: 'released' });
        throw error;
      });
    },
    async resend(id, claim, next, unsent) {
      const opened = await store();
      return opened.resend(id, claim, next).catch((error: unknown) => {
        endings.later(id, next, unsent);
        throw error;
      });
    },
    async accept(command, operation) {
      const opened = await store();
      return opened.deferred
        .accept({ ...command, claim: operation.id }, operation)
        .catch((error: unknown) => {
          endings.later(command.id, operation.id, { kind: 'released' });
          throw error;
        });
    },
    end: (...ending) => endings.end(...ending),
    store,
    isLeaseValid: () => lease.isValid(),
    async open() {
      await store();
    },
    async close() {
      clearInterval(sweeper);
      lease.stop();
      const opened = await opening?.catch(() => undefined);
      await endings.close();
      await opened?.close();
    },
  };
}
