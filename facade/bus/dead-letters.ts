import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { deadQueueOf, headersAnew, type Delivery, type MessageBus } from '../../connectors/index.ts';
import { brokerUrlsOf } from '../config/bus-config.ts';
import type { PorticoConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-problem.ts';
import { openMessageBus } from './open-message-bus.ts';

/** The commands that were given up, in the dead-letter queue behind a queue of commands. */
export interface DeadLetters {
  /** Shows the oldest ones, at most so many. @returns how many were shown */
  visit(most: number, show: (letter: DeadLetter) => void): Promise<number>;
  /**
   * Sends those of these ids, or all, to their queue once more, with their message ids, so that what was done is not done again.
   * Each is taken out once the broker has confirmed the new one: if this ends in between, it is there twice, and never lost.
   * @returns the ids that were replayed
   */
  replay(selection: Selection): Promise<readonly string[]>;
  /** Takes them out for good. @returns their ids */
  drop(selection: Selection): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface DeadLetter {
  /** Its message-id; of a message without one, made of its body. */
  readonly id: string;
  readonly delivery: Delivery;
}

export interface Selection {
  /** Missing: all. */
  readonly ids?: ReadonlySet<string>;
  readonly most: number;
}

export interface OpenDeadLettersOptions {
  readonly config: Pick<PorticoConfig, 'services' | 'bus' | 'events'>;
  readonly configDir: string;
  /** Of commands. */
  readonly queue: string;
  /** In place of the bus of the configuration. */
  readonly bus?: MessageBus;
}

const CONNECT_MS = 5000;
const WORK_MS = 600_000;
const CONFIRM_MS = 10_000;

/** @throws ConfigError where there is no broker in the configuration; BusError where it is away */
export async function openDeadLetters({
  config,
  configDir,
  queue,
  bus: given,
}: OpenDeadLettersOptions): Promise<DeadLetters> {
  if (given === undefined && brokerUrlsOf(config.bus).length === 0)
    throw new ConfigError([
      { path: ['bus'], message: 'has no url: nobody else can look into the queues of a process' },
    ]);
  const bus = given ?? openMessageBus(config, configDir, pino({ level: 'silent' }), undefined);
  try {
    await bus.opened(Date.now() + CONNECT_MS);
  } catch (error) {
    await bus.close();
    throw error;
  }
  return new OpenDeadLetters(bus, queue);
}

class OpenDeadLetters implements DeadLetters {
  readonly #bus: MessageBus;
  readonly #queue: string;

  constructor(bus: MessageBus, queue: string) {
    this.#bus = bus;
    this.#queue = queue;
  }

  visit(most: number, show: (letter: DeadLetter) => void): Promise<number> {
    return this.#sift(most, async (letter) => {
      show(letter);
      return 'keep';
    });
  }

  async replay({ ids, most }: Selection): Promise<readonly string[]> {
    const replayed: string[] = [];
    await this.#sift(most, async ({ id, delivery }) => {
      if (ids !== undefined && !ids.has(id)) return 'keep';
      await this.#sendAgain(delivery);
      replayed.push(id);
      return 'remove';
    });
    return replayed;
  }

  async drop({ ids, most }: Selection): Promise<readonly string[]> {
    const dropped: string[] = [];
    await this.#sift(most, async ({ id }) => {
      if (ids !== undefined && !ids.has(id)) return 'keep';
      dropped.push(id);
      return 'remove';
    });
    return dropped;
  }

  close(): Promise<void> {
    return this.#bus.close();
  }

  #sift(most: number, visit: (letter: DeadLetter) => Promise<'keep' | 'remove'>): Promise<number> {
    const options = { most, deadline: Date.now() + WORK_MS };
    return this.#bus.sift(deadQueueOf(this.#queue), options, (delivery) =>
      visit({ id: idOf(delivery), delivery }),
    );
  }

  /** To its queue alone: others that got it with its routing key have dealt with it. @throws Error unless it is confirmed */
  async #sendAgain(delivery: Delivery): Promise<void> {
    const { properties, body } = delivery;
    const outcome = await this.#bus.publish({
      exchange: '',
      routingKey: this.#queue,
      properties: { ...properties, headers: headersAnew(delivery) },
      body,
      deadline: Date.now() + CONFIRM_MS,
    });
    if (outcome.kind === 'confirmed') return;
    throw new Error(`"${this.#queue}" did not take a message (${outcome.kind}: ${outcome.reason})`);
  }
}

function idOf({ properties: { messageId }, body }: Delivery): string {
  if (messageId !== undefined && messageId !== '') return messageId;
  return `body-${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
}
