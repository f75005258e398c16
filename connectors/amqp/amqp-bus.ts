import type { ConfirmChannel } from 'amqplib';
import { BusError } from '../bus/bus-error.ts';
import {
  assertPublishable,
  warnOfUndelivered,
  type BusEvent,
  type EventBus,
  type UndeliveredListener,
} from '../bus/event-bus.ts';
import { consumeEvents, type Consumer } from './amqp-subscription.ts';
import { parseBrokerAddress, type BrokerAddress } from './broker-address.ts';
import { openBrokerLink, type BrokerLink } from './broker-link.ts';
import { CLOUD_EVENT_CONTENT_TYPE, encodeCloudEvent } from '../bus/cloud-event.ts';

export interface AmqpBusOptions {
  /** `amqp[s]://user:password@host:port/vhost`; its password appears in no error and no log. */
  readonly url: string;
  /** A durable topic exchange, declared on connection. */
  readonly exchange: string;
  /** CloudEvents `source`, a URI reference. Default `/portico`. */
  readonly source?: string;
  /** In which a publication or subscription succeeds or fails, a broker that is away included. Default 5 s. */
  readonly timeoutMs?: number;
  /** Default: a process warning. */
  readonly onUndelivered?: UndeliveredListener;
}

/**
 * The bus on RabbitMQ: persistent messages on a confirm channel, as CloudEvents. Connects in the background and comes
 * back by itself; subscriptions come back with it, and hear nothing of what is published in between.
 * @throws TypeError for a URL that is none.
 */
export function createAmqpBus(options: AmqpBusOptions): EventBus {
  const address = parseBrokerAddress(options.url);
  const consumers = new Set<Consumer>();
  const link = openBrokerLink(address, async ({ publishing, consuming }) => {
    await publishing.assertExchange(options.exchange, 'topic', { durable: true });
    for (const consumer of consumers) await consumer.start(consuming);
  });
  return new AmqpBus(options, address, link, consumers);
}

class AmqpBus implements EventBus {
  readonly #options: AmqpBusOptions;
  readonly #address: BrokerAddress;
  readonly #link: BrokerLink;
  readonly #consumers: Set<Consumer>;
  #isOpen = true;

  constructor(options: AmqpBusOptions, address: BrokerAddress, link: BrokerLink, consumers: Set<Consumer>) {
    this.#options = options;
    this.#address = address;
    this.#link = link;
    this.#consumers = consumers;
  }

  async publish(event: BusEvent): Promise<void> {
    this.#assertOpen();
    assertPublishable(event);
    const signal = this.#deadline();
    const { publishing } = await this.#link.connected(signal);
    await this.#confirmed(publishing, event, signal);
  }

  async subscribe(
    pattern: string,
    handler: (event: BusEvent) => void | Promise<void>,
  ): ReturnType<EventBus['subscribe']> {
    this.#assertOpen();
    const { consuming } = await this.#link.connected(this.#deadline());
    const onUndelivered = this.#options.onUndelivered ?? warnOfUndelivered;
    const consumer = consumeEvents(this.#options.exchange, pattern, handler, onUndelivered);
    this.#consumers.add(consumer);
    try {
      await consumer.start(consuming);
    } catch (error) {
      this.#consumers.delete(consumer);
      throw this.#error('REFUSED', 'the broker refused the subscription', false, error);
    }
    return {
      close: async () => {
        this.#consumers.delete(consumer);
        await consumer.stop(this.#link.channels()?.consuming);
      },
    };
  }

  isConnected(): boolean {
    return this.#link.channels() !== undefined;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#consumers.clear();
    await this.#link.close();
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw this.#error('CLOSED', 'the bus is closed', false);
  }

  #deadline(): AbortSignal {
    return AbortSignal.timeout(this.#options.timeoutMs ?? 5000);
  }

  #confirmed(channel: ConfirmChannel, event: BusEvent, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const onAbort = (): void => {
      reject(this.#error('UNCONFIRMED', `the broker did not confirm event ${event.id} in time`, true));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const onConfirm = (error: unknown): void => {
      if (error === null || error === undefined) resolve(undefined);
      else reject(this.#error('REFUSED', `the broker did not take event ${event.id}`, true, error));
    };
    const body = encodeCloudEvent(event, this.#options.source ?? '/portico');
    try {
      channel.publish(this.#options.exchange, event.event, body, propertiesOf(event), onConfirm);
    } catch (error) {
      // The channel closed a moment ago: nothing was written.
      reject(this.#error('NOT_CONNECTED', 'the connection to the broker was lost', false, error));
    }
    return promise.finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  }

  #error(code: BusError['code'], what: string, mayHaveBeenPublished: boolean, cause?: unknown): BusError {
    const reason = cause instanceof Error ? `: ${this.#address.cleaned(cause.message)}` : '';
    return new BusError(code, `${this.#address.shown}: ${what}${reason}`, { mayHaveBeenPublished });
  }
}

function propertiesOf(event: BusEvent): Parameters<ConfirmChannel['publish']>[3] {
  return {
    persistent: true,
    contentType: CLOUD_EVENT_CONTENT_TYPE,
    messageId: event.id,
    type: event.event,
    ...(event.requestId !== undefined && { correlationId: event.requestId }),
  };
}
