import type { ConfirmChannel } from 'amqplib';
import { BusError } from '../bus/bus-error.ts';
import { backOff } from './back-off.ts';
import type { BrokerSupervisor } from './broker-supervisor.ts';
import { reasonOf, type BrokerSession } from './open-session.ts';
import { Waiters } from './waiters.ts';

/**
 * A channel that comes back: with each new connection, and on the same one where the broker has closed the channel alone
 * (an exchange was deleted, say), which leaves other channels in peace.
 */
export class KeptChannel {
  readonly #supervisor: BrokerSupervisor;
  readonly #setUp: (channel: ConfirmChannel) => Promise<void>;
  readonly #onReady: (() => void) | undefined;
  readonly #waiters = new Waiters<ConfirmChannel>();
  readonly #stopListening: () => void;
  #channel: ConfirmChannel | undefined;
  #failure: string | undefined;
  #isOpen = true;

  /** `setUp` is done on each channel before it is used, `onReady` is told when it can be. */
  constructor(
    supervisor: BrokerSupervisor,
    setUp: (channel: ConfirmChannel) => Promise<void>,
    onReady?: () => void,
  ) {
    this.#supervisor = supervisor;
    this.#setUp = setUp;
    this.#onReady = onReady;
    this.#stopListening = supervisor.onSession((session) => void this.#keep(session));
  }

  get channel(): ConfirmChannel | undefined {
    return this.#channel;
  }

  /** Why the last channel was closed. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** @throws BusError NOT_CONNECTED or TOPOLOGY if there is none by the deadline, CLOSED. */
  async ready(deadline: number): Promise<ConfirmChannel> {
    if (!this.#isOpen) throw this.#closed();
    return this.#channel ?? this.#waiters.wait(deadline, () => this.#absence());
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#stopListening();
    const channel = this.#channel;
    this.#channel = undefined;
    this.#waiters.rejectAll(() => this.#closed());
    if (this.#supervisor.session !== undefined) await channel?.close().catch(() => undefined);
  }

  async #keep(session: BrokerSession): Promise<void> {
    for (let attempt = 0; !session.isOver() && this.#isOpen; attempt += 1) {
      try {
        if (attempt > 0) await this.#mend(session, attempt);
        await this.#useOne(session);
      } catch (error) {
        this.#remember(error);
      }
    }
  }

  /** What the channel was closed for may be missing at the broker. */
  async #mend(session: BrokerSession, attempt: number): Promise<void> {
    await backOff(attempt, this.#supervisor.signal);
    if (!session.isOver() && this.#isOpen) await this.#supervisor.prepare(session);
  }

  /** Opens a channel, and returns when it is closed. */
  async #useOne(session: BrokerSession): Promise<void> {
    const channel = await session.model.createConfirmChannel();
    const { promise: closed, resolve } = Promise.withResolvers<undefined>();
    channel.on('error', (error) => {
      this.#remember(error);
    });
    channel.on('close', () => {
      if (this.#channel === channel) this.#channel = undefined;
      resolve(undefined);
    });
    try {
      await this.#setUp(channel);
    } catch (error) {
      channel.close().catch(() => undefined);
      throw error;
    }
    if (this.#isOpen) this.#offer(channel);
    else channel.close().catch(() => undefined);
    await closed;
  }

  #offer(channel: ConfirmChannel): void {
    this.#failure = undefined;
    this.#channel = channel;
    this.#waiters.resolveAll(channel);
    this.#onReady?.();
  }

  #remember(error: unknown): undefined {
    this.#failure = this.#supervisor.session?.address.cleaned(reasonOf(error)) ?? reasonOf(error);
  }

  #absence(): BusError {
    if (this.#supervisor.session === undefined) return this.#supervisor.absence();
    const reason = this.#failure ?? 'it is not open yet';
    return new BusError('NOT_CONNECTED', `there is no channel to the broker: ${reason}`, {
      mayHaveBeenPublished: false,
    });
  }

  #closed(): BusError {
    return new BusError('CLOSED', 'the bus is closed', { mayHaveBeenPublished: false });
  }
}
