import type { Commands } from '../commands/commands.ts';
import type { TakenOperation } from '../commands/deferred-store.ts';
import type { DeferredConfig } from '../config/config.ts';
import { backOffMs, createPace, type Pace } from './pace.ts';
import type { Step } from './step.ts';
import { takeTurn, type Turn, type TurnGuards } from './take-turn.ts';

export interface WorkerOptions extends Omit<TurnGuards, 'signal'> {
  readonly commands: Commands;
  /** Those that have operations to be carried out later. */
  readonly services: readonly string[];
  readonly config: DeferredConfig;
  /** Told of each turn. */
  readonly onTurn: (taken: TakenOperation, turn: Turn) => void;
  readonly onError: (error: unknown, what: string) => void;
  /** Has a stop wait for work that is on its way. */
  readonly track: (work: Promise<void>) => void;
  /** Nothing new is begun any more. */
  readonly isStopping: () => boolean;
}

/** Carries out in this process what was accepted, here or elsewhere. */
export interface Worker {
  /** There is something to do. */
  wake(): void;
  /** Ends what is running: it is taken up again by whoever is alive. */
  close(): Promise<void>;
}

const TELL_AGAIN_MS = 1000;
/** How long what was broken off may take to say so. */
const FAREWELL_MS = 2000;

export function startWorker(options: WorkerOptions): Worker {
  return new DeferredWorker(options);
}

class DeferredWorker implements Worker {
  readonly #options: WorkerOptions;
  readonly #abort = new AbortController();
  readonly #paces: ReadonlyMap<string, Pace>;
  readonly #running = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #taking: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { concurrentPerService, retrySeconds, pollMilliseconds } = options.config;
    this.#paces = new Map(
      options.services.map((service) => [
        service,
        createPace(concurrentPerService, retrySeconds * 1000, Date.now),
      ]),
    );
    this.#timer = setInterval(() => {
      this.wake();
    }, pollMilliseconds).unref();
    // Not yet: whoever starts it may still be at work on the rest.
    setImmediate(() => {
      this.wake();
    });
  }

  wake(): void {
    if (this.#isStopped) return;
    if (this.#taking !== undefined) {
      this.#isAskedAgain = true;
      return;
    }
    this.#taking = this.#takeAll().finally(() => {
      this.#taking = undefined;
      if (!this.#isAskedAgain) return;
      this.#isAskedAgain = false;
      this.wake();
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#abort.abort();
    const ended = Promise.all([this.#taking, ...this.#running]);
    await Promise.race([
      ended,
      new Promise((resolve) => {
        setTimeout(resolve, FAREWELL_MS).unref();
      }),
    ]);
  }

  get #isStopped(): boolean {
    return this.#abort.signal.aborted || this.#options.isStopping();
  }

  async #takeAll(): Promise<void> {
    const { commands, config, onError } = this.#options;
    try {
      const { deferred } = await commands.store();
      for (const [service, pace] of this.#paces) {
        const most = Math.min(pace.free(), config.concurrent - this.#running.size);
        if (most <= 0 || this.#isStopped || !commands.isLeaseValid()) continue;
        for (const taken of await deferred.take(service, most)) this.#begin(taken, pace);
      }
    } catch (error) {
      onError(error, 'Operations to be carried out later cannot be taken up');
    }
  }

  #begin(taken: TakenOperation, pace: Pace): void {
    pace.begin();
    const work = this.#carryOut(taken, pace).finally(() => {
      this.#running.delete(work);
      // Something that waits may take its place.
      this.wake();
    });
    this.#running.add(work);
    this.#options.track(work);
  }

  async #carryOut(taken: TakenOperation, pace: Pace): Promise<void> {
    const turn = await takeTurn({ ...this.#options, signal: this.#abort.signal }, taken);
    const { step } = turn;
    await this.#write(taken, step);
    pace.end(step.kind === 'postpone' && step.isServiceAway);
    this.#options.onTurn(taken, turn);
  }

  /** Tried until the store takes it: the operation is running so long. */
  async #write(taken: TakenOperation, step: Step): Promise<void> {
    for (;;) {
      try {
        await this.#writeOnce(taken, step);
        return;
      } catch (error) {
        this.#options.onError(error, 'What became of an operation was not written; it is tried again');
        if (this.#abort.signal.aborted) return;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, TELL_AGAIN_MS).unref();
      });
    }
  }

  async #writeOnce({ id, claim, tries }: TakenOperation, step: Step): Promise<void> {
    const { deferred } = await this.#options.commands.store();
    if (step.kind === 'finish') {
      await deferred.finish(id, claim, step.state, step.reason, step.answer);
      return;
    }
    const delayMs = Math.max(
      backOffMs(tries, this.#options.config.retrySeconds * 1000),
      step.delaySeconds * 1000,
    );
    await deferred.postpone(id, claim, step.state, delayMs, step.reason);
  }
}
