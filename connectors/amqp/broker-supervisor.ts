import { BusError } from '../bus/bus-error.ts';
import type { BrokerAddress } from './broker-address.ts';
import { backOff } from './back-off.ts';
import { openSession, reasonOf, type BrokerSession, type SessionOptions } from './open-session.ts';
import { TopologyError } from './topology-error.ts';
import { Waiters } from './waiters.ts';

export interface SupervisorOptions extends SessionOptions {
  /** Tried in turn. */
  readonly addresses: readonly BrokerAddress[];
  /** Done on each new connection before anything else. @throws TopologyError, after which the connection is given up. */
  readonly prepare: (session: BrokerSession) => Promise<void>;
  /** Its state is another. */
  readonly onChange: () => void;
}

/** One that lasted as long was a good one: the next attempt comes at once. */
const GOOD_SESSION_MS = 5000;

/** Keeps one connection to a broker, whatever happens to it, until it is closed. */
export class BrokerSupervisor {
  readonly #options: SupervisorOptions;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<(session: BrokerSession) => void>();
  readonly #waiters = new Waiters<BrokerSession>();
  readonly #running: Promise<void>;
  #session: BrokerSession | undefined;
  #blocked: string | undefined;
  #failure: Error | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  get session(): BrokerSession | undefined {
    return this.#session;
  }

  /** Why the broker takes nothing. */
  get blocked(): string | undefined {
    return this.#blocked;
  }

  /** Why there is no connection; missing before the end of the first attempt. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** Told of the connection there is, and of each that follows. @returns what ends that. */
  onSession(listener: (session: BrokerSession) => void): () => void {
    this.#listeners.add(listener);
    if (this.#session !== undefined) listener(this.#session);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** @throws BusError TOPOLOGY as soon as that is known, NOT_CONNECTED at the deadline (milliseconds since the epoch). */
  async connected(deadline: number): Promise<BrokerSession> {
    return this.#session ?? this.#waiters.wait(deadline, () => this.absence());
  }

  /** That there is no connection, and why. */
  absence(): BusError {
    const code = this.#failure instanceof TopologyError ? 'TOPOLOGY' : 'NOT_CONNECTED';
    const message = `the broker is not connected: ${this.#failure?.message ?? 'not tried yet'}`;
    return new BusError(code, message, { mayHaveBeenPublished: false });
  }

  prepare(session: BrokerSession): Promise<void> {
    return this.#options.prepare(session);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#listeners.clear();
    this.#waiters.rejectAll(() => this.absence());
    await this.#session?.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { addresses } = this.#options;
    for (let attempt = 0, next = 0; !this.signal.aborted; next += 1) {
      const wasGood = await this.#tryOne(addresses[next % addresses.length]!);
      if (wasGood) attempt = 0;
      // Another address is tried at once; only when all have failed there is a pause.
      else if ((next + 1) % addresses.length !== 0) continue;
      await backOff(attempt, this.signal);
      attempt += 1;
    }
  }

  /** @returns whether there was a connection that lasted. */
  async #tryOne(address: BrokerAddress): Promise<boolean> {
    let session: BrokerSession | undefined;
    try {
      session = await openSession(address, this.#options, this.signal);
      this.#watch(session);
      await this.#options.prepare(session);
    } catch (error) {
      await session?.end();
      this.#failure = error instanceof TopologyError ? error : new Error(address.cleaned(reasonOf(error)));
      if (error instanceof TopologyError) this.#waiters.rejectAll(() => this.absence());
      this.#options.onChange();
      return false;
    }
    return this.#use(session);
  }

  async #use(session: BrokerSession): Promise<boolean> {
    if (this.signal.aborted) await session.end();
    else this.#begin(session);
    const startedAt = performance.now();
    const reason = await session.ended;
    this.#session = undefined;
    this.#blocked = undefined;
    this.#failure = new Error(`${session.address.shown}: ${reason}`);
    this.#options.onChange();
    return performance.now() - startedAt >= GOOD_SESSION_MS;
  }

  #begin(session: BrokerSession): void {
    this.#session = session;
    for (const listener of this.#listeners) listener(session);
    this.#waiters.resolveAll(session);
    this.#options.onChange();
  }

  #watch({ model }: BrokerSession): void {
    model.on('blocked', (reason: string) => {
      this.#blocked = reason;
      this.#options.onChange();
    });
    model.on('unblocked', () => {
      this.#blocked = undefined;
      this.#options.onChange();
    });
  }
}
