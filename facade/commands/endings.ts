import type { CommandStore, Ending } from './command-store.ts';
import type { NewEvent } from './outbox-store.ts';

/** Endings on their way to the store, those included that it did not take at once. */
export interface Endings {
  /** @returns what the store says; false if it did not take it yet. */
  end(id: string, claim: string, ending: Ending, event?: NewEvent): Promise<boolean>;
  /** Leaves one to the next round. */
  later(id: string, claim: string, ending: Ending, event?: NewEvent): void;
  /** One last round. */
  close(): Promise<void>;
}

export interface EndingsOptions {
  readonly onError: (error: unknown, what: string) => void;
  readonly retryMs?: number;
}

const RETRY_MS = 1000;
/** Above so many bytes of answers waiting, their bodies are left out: the answer was given, but is not kept. */
const MOST_BYTES = 64 * 1024 * 1024;

interface Waiting {
  readonly id: string;
  readonly claim: string;
  readonly ending: Ending;
  readonly event: NewEvent | undefined;
}

export function createEndings(
  write: CommandStore['end'],
  { onError, retryMs = RETRY_MS }: EndingsOptions,
): Endings {
  const waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isClosed = false;
  const schedule = (): void => {
    if (timer !== undefined || isClosed) return;
    timer = setTimeout(() => {
      timer = undefined;
      void round();
    }, retryMs).unref();
  };
  const later: Endings['later'] = (id, claim, ending, event) => {
    const bytes = [...waiting.values()].reduce((sum, one) => sum + sizeOf(one.ending), sizeOf(ending));
    waiting.set(claim, { id, claim, ending: bytes > MOST_BYTES ? withoutBody(ending) : ending, event });
    schedule();
  };
  const writeAll = async (): Promise<void> => {
    try {
      for (const { id, claim, ending, event } of [...waiting.values()]) {
        await write(id, claim, ending, event);
        waiting.delete(claim);
      }
    } catch (error) {
      onError(error, `${waiting.size} commands wait for the store to write how they ended`);
      schedule();
    }
  };
  const round = async (): Promise<void> => {
    await (running ??= writeAll());
    running = undefined;
  };
  return {
    async end(id, claim, ending, event) {
      try {
        return await write(id, claim, ending, event);
      } catch (error) {
        onError(error, 'How a command ended was not written; it is tried again');
        later(id, claim, ending, event);
        return false;
      }
    },
    later,
    async close() {
      clearTimeout(timer);
      isClosed = true;
      if (waiting.size > 0) await round();
    },
  };
}

function sizeOf(ending: Ending): number {
  return ending.kind === 'answered' ? (ending.answer.body?.length ?? 0) : 0;
}

function withoutBody(ending: Ending): Ending {
  if (ending.kind !== 'answered') return ending;
  const { status, contentType } = ending.answer;
  return { kind: 'answered', answer: { status, ...(contentType !== undefined && { contentType }) } };
}
