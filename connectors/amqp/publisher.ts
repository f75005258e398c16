import { randomUUID } from 'node:crypto';
import type { ConfirmChannel, Message } from 'amqplib';
import { assertMessage } from '../bus/assert-message.ts';
import { BusError, type BusErrorCode } from '../bus/bus-error.ts';
import type { Publication, PublishOutcome } from '../bus/message.ts';
import type { BusObserver } from '../bus/message-bus.ts';
import { deadlines } from '../deadlines.ts';
import type { BrokerSupervisor } from './broker-supervisor.ts';
import { InFlight, InFlightById } from './in-flight.ts';
import { KeptChannel } from './kept-channel.ts';
import { toAmqpProperties } from './message-properties.ts';
import { reasonOf } from './open-session.ts';

export interface PublisherOptions {
  readonly exchanges: ReadonlySet<string>;
  /** What may wait to be sent or confirmed, in messages and in bytes of their bodies. */
  readonly mostMessages: number;
  readonly mostBytes: number;
  /** How long a message waits for a broker that is away, if its deadline is not sooner. */
  readonly waitMs: number;
  readonly observer?: BusObserver | undefined;
  /** It can send: for the first time, or again. */
  readonly onReady: () => void;
}

/** Publishes with confirmation, and never holds more than it may. */
export class Publisher {
  readonly #supervisor: BrokerSupervisor;
  readonly #options: PublisherOptions;
  readonly #channel: KeptChannel;
  readonly #inFlight = new InFlightById();
  readonly #idPrefix = randomUUID();
  #published = 0;
  #messages = 0;
  #bytes = 0;

  constructor(supervisor: BrokerSupervisor, options: PublisherOptions) {
    this.#supervisor = supervisor;
    this.#options = options;
    const setUp = async (channel: ConfirmChannel): Promise<void> => {
      channel.on('return', (message: Message) => {
        this.#onReturn(message);
      });
    };
    this.#channel = new KeptChannel(supervisor, setUp, options.onReady);
  }

  get isReady(): boolean {
    return this.#channel.channel !== undefined;
  }

  /** What waits: of it nothing is forgotten before the broker or the connection lets go of it. */
  get waiting(): { readonly messages: number; readonly bytes: number } {
    return { messages: this.#messages, bytes: this.#bytes };
  }

  publish(publication: Publication): Promise<PublishOutcome> {
    try {
      assertMessage(publication, this.#options.exchanges);
      this.#assertTaken(publication.body.length);
      this.#messages += 1;
      this.#bytes += publication.body.length;
    } catch (error) {
      this.#options.observer?.onOutcome?.('refused');
      return rejected(error);
    }
    const { channel } = this.#channel;
    return channel === undefined ? this.#sendLater(publication) : this.#sendOrRefuse(channel, publication);
  }

  /** @throws BusError when there is no channel by the deadline. */
  async ready(deadline: number): Promise<void> {
    await this.#channel.ready(deadline);
  }

  close(): Promise<void> {
    return this.#channel.close();
  }

  async #sendLater(publication: Publication): Promise<PublishOutcome> {
    let channel: ConfirmChannel;
    try {
      channel = await this.#channel.ready(Math.min(publication.deadline, Date.now() + this.#options.waitMs));
    } catch (error) {
      this.#refuse(publication);
      throw error;
    }
    return this.#sendOrRefuse(channel, publication);
  }

  #sendOrRefuse(channel: ConfirmChannel, publication: Publication): Promise<PublishOutcome> {
    try {
      this.#assertNotBlocked();
      if (publication.deadline <= Date.now()) throw refusal('TIMEOUT', 'its deadline has passed');
      if (publication.mayLeave?.() === false) throw refusal('WITHDRAWN', 'it is not wanted any more');
      return this.#send(channel, publication);
    } catch (error) {
      this.#refuse(publication);
      return rejected(error);
    }
  }

  #refuse({ body }: Publication): void {
    this.#letGo(body.length);
    this.#options.observer?.onOutcome?.('refused');
  }

  /** Resolves when it is known what became of it; throws only if it was not sent. */
  #send(channel: ConfirmChannel, publication: Publication): Promise<PublishOutcome> {
    const { exchange, routingKey, properties, body, isMandatory = true } = publication;
    const messageId = properties.messageId ?? `${this.#idPrefix}.${(this.#published += 1)}`;
    const { promise, resolve } = Promise.withResolvers<PublishOutcome>();
    const message = new InFlight(messageId, publication, (outcome) => {
      this.#options.observer?.onOutcome?.(outcome.kind);
      resolve(outcome);
    });
    const onSettled = (error: unknown): void => {
      this.#onSettled(message, isMandatory, error);
    };
    try {
      const options = toAmqpProperties(properties, messageId, isMandatory);
      channel.publish(exchange, routingKey, bufferOf(body), options, onSettled);
    } catch (error) {
      throw unsent(error);
    }
    deadlines.add(message);
    if (isMandatory) this.#inFlight.add(message);
    return promise;
  }

  #onSettled(message: InFlight, isMandatory: boolean, error: unknown): void {
    deadlines.remove(message);
    if (isMandatory) this.#inFlight.remove(message);
    this.#letGo(message.bytes);
    message.tell(outcomeOf(message, error, this.#channel.failure));
  }

  #onReturn({ fields, properties }: Message): void {
    const { replyText } = fields as unknown as { readonly replyText: string };
    const messageId = String(properties.messageId);
    this.#inFlight.markReturned(messageId, fields.exchange, fields.routingKey, replyText);
  }

  #letGo(bytes: number): void {
    this.#messages -= 1;
    this.#bytes -= bytes;
  }

  #assertTaken(length: number): void {
    const { mostMessages, mostBytes } = this.#options;
    this.#assertNotBlocked();
    if (this.#messages < mostMessages && this.#bytes + length <= mostBytes) return;
    throw refusal('FULL', `${this.#messages} messages of ${this.#bytes} bytes wait for the broker already`);
  }

  #assertNotBlocked(): void {
    const { blocked } = this.#supervisor;
    if (blocked !== undefined) throw refusal('BLOCKED', `the broker takes no messages: ${blocked}`);
  }
}

/** amqplib's words for a nack; whatever else it says, nobody knows what became of the message. */
const NACKED = 'message nacked';

function outcomeOf({ returned }: InFlight, error: unknown, failure: string | undefined): PublishOutcome {
  if (error instanceof Error && error.message === NACKED)
    return { kind: 'nacked', reason: 'the broker refused it' };
  if (error !== null && error !== undefined)
    return {
      kind: 'unknown',
      reason: `the broker closed before it confirmed it${failure === undefined ? '' : `: ${failure}`}`,
    };
  return returned === undefined ? { kind: 'confirmed' } : { kind: 'returned', reason: returned };
}

/** The channel closed a moment ago, or the properties cannot be written: no byte has left. */
function unsent(error: unknown): BusError {
  const isClosed = error instanceof Error && error.name === 'IllegalOperationError';
  return isClosed
    ? refusal('NOT_CONNECTED', 'the connection to the broker was lost')
    : refusal('INVALID_MESSAGE', `the message cannot be written: ${reasonOf(error)}`);
}

/** The same bytes. */
function bufferOf(body: Uint8Array): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function rejected(error: unknown): Promise<never> {
  return Promise.reject(error instanceof Error ? error : new Error(String(error)));
}

function refusal(code: BusErrorCode, message: string): BusError {
  return new BusError(code, message, { mayHaveBeenPublished: false });
}
