import type { ServerResponse } from 'node:http';
import type { ConcurrencyConfig } from '../../config/config.ts';
import { ProblemError } from '../problem.ts';
import { watchEventLoop, type LoopWatch } from './event-loop-watch.ts';

/** How many requests for operations are answered at a time; further ones wait a little, or are turned away. */
export interface Admission {
  /** Undefined: it may begin at once. @throws ProblemError 503, also as a rejection */
  enter(response: Pick<ServerResponse, 'destroyed'>): Promise<void> | undefined;
  /** One that had begun has ended. */
  leave(): void;
  close(): void;
}

interface Waiting {
  readonly response: Pick<ServerResponse, 'destroyed'>;
  readonly admit: () => void;
  readonly refuse: (error: ProblemError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A process that takes more than it can do answers everybody late, and in the end nobody: better some get 503 at once. Who has
 * waited longest comes first; whoever has gone meanwhile is left out.
 */
export function createAdmission(
  { concurrent, queued, queueMilliseconds, eventLoopDelayMilliseconds }: ConcurrencyConfig,
  watch: LoopWatch = watchEventLoop(eventLoopDelayMilliseconds),
): Admission {
  const queue = new Set<Waiting>();
  let inside = 0;
  const wait = (response: Waiting['response']): Promise<void> =>
    new Promise((resolve, reject) => {
      const leaveQueue = (): void => {
        clearTimeout(waiting.timer);
        queue.delete(waiting);
      };
      const refuse = (error: ProblemError): void => {
        leaveQueue();
        reject(error);
      };
      const admit = (): void => {
        leaveQueue();
        inside += 1;
        resolve();
      };
      const timer = setTimeout(() => {
        refuse(overloaded());
      }, queueMilliseconds);
      const waiting = { response, admit, refuse, timer };
      queue.add(waiting);
    });
  return {
    enter(response) {
      if (watch.isLate()) throw overloaded();
      if (inside < concurrent) {
        inside += 1;
        return undefined;
      }
      if (queue.size >= queued) throw overloaded();
      return wait(response);
    },
    leave() {
      inside -= 1;
      for (const waiting of queue) {
        if (!waiting.response.destroyed) {
          waiting.admit();
          return;
        }
        waiting.refuse(overloaded());
      }
    },
    close: () => {
      watch.close();
    },
  };
}

function overloaded(): ProblemError {
  return new ProblemError('overloaded', {}, { 'Retry-After': '1' });
}
