import { BusError } from './bus-error.ts';
import type { BusTopology } from './bus-topology.ts';
import { CLOUD_EVENT_CONTENT_TYPE, decodeCloudEvent, encodeCloudEvent, EVENT_SOURCE } from './cloud-event.ts';
import {
  assertPublishable,
  warnOfUndelivered,
  type BusEvent,
  type EventBus,
  type EventHandler,
  type Subscription,
  type UndeliveredListener,
} from './event-bus.ts';
import type { MessageBus } from './message-bus.ts';
import { ACK, type Delivery, type MessageProperties, type Settlement } from './message.ts';

export interface EventBusOptions {
  /** A topic exchange of the topology. */
  readonly exchange: string;
  /** CloudEvents `source`, a URI reference. Default `/portico`. */
  readonly source?: string;
  /** In which a publication or subscription succeeds or fails, a broker that is away included. Default 5 s. */
  readonly timeoutMs?: number;
  /** Default: a process warning. */
  readonly onUndelivered?: UndeliveredListener;
}

const EVENTS_AT_ONCE = 100;
/** What is published while a connection is mended is heard when it is back. */
const LINGER_MS = 60_000;

/** Events as CloudEvents on a message bus, which its close does not close. */
export function createEventBus(bus: MessageBus, options: EventBusOptions): EventBus {
  return new MessageEventBus(bus, options);
}

/** The least that events need. */
export function topologyOfEvents(exchange: string): BusTopology {
  return { mode: 'declare', exchanges: [exchange], deadLetterExchange: `${exchange}.dead`, queues: [] };
}

class MessageEventBus implements EventBus {
  readonly #bus: MessageBus;
  readonly #options: EventBusOptions;
  readonly #subscriptions = new Set<Subscription>();
  #isOpen = true;

  constructor(bus: MessageBus, options: EventBusOptions) {
    this.#bus = bus;
    this.#options = options;
  }

  async publish(
    event: BusEvent,
    { mustReachQueue = false }: { readonly mustReachQueue?: boolean } = {},
  ): Promise<void> {
    this.#assertOpen();
    assertPublishable(event);
    const { exchange, source = EVENT_SOURCE } = this.#options;
    const outcome = await this.#bus.publish({
      exchange,
      routingKey: event.event,
      properties: propertiesOf(event),
      body: encodeCloudEvent(event, source),
      deadline: this.#deadline(),
      // Whoever wants to hear of an event has a queue for it: that nobody does is no error.
      isMandatory: mustReachQueue,
    });
    if (outcome.kind === 'confirmed') return;
    const code = outcome.kind === 'unknown' ? 'UNCONFIRMED' : 'REFUSED';
    throw new BusError(code, `event ${event.id}: ${outcome.reason}`, { mayHaveBeenPublished: true });
  }

  async subscribe(pattern: string, handler: EventHandler): Promise<Subscription> {
    this.#assertOpen();
    const { exchange, onUndelivered = warnOfUndelivered } = this.#options;
    const consumer = await this.#bus.consume(
      { bindings: [{ exchange, pattern }], lingerMs: LINGER_MS },
      { prefetch: EVENTS_AT_ONCE, deadline: this.#deadline() },
      (delivery) => handOn(delivery, handler, onUndelivered),
    );
    const subscription = {
      close: async () => {
        this.#subscriptions.delete(subscription);
        await consumer.close();
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  isConnected(): boolean {
    return this.#isOpen && this.#bus.state().isConnected;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw new BusError('CLOSED', 'the bus is closed', { mayHaveBeenPublished: false });
  }

  #deadline(): number {
    return Date.now() + (this.#options.timeoutMs ?? 5000);
  }
}

/** Twice at most; then it is given up. */
async function handOn(
  { body, isRedelivered }: Delivery,
  handler: EventHandler,
  onUndelivered: UndeliveredListener,
): Promise<Settlement> {
  let event: BusEvent | undefined;
  try {
    event = decodeCloudEvent(body);
    await handler(event);
    return ACK;
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (event !== undefined && !isRedelivered) return { kind: 'retry', reason: error.message };
    onUndelivered(error, event);
    return { kind: 'dead', reason: error.message };
  }
}

function propertiesOf(event: BusEvent): MessageProperties {
  return {
    contentType: CLOUD_EVENT_CONTENT_TYPE,
    messageId: event.id,
    type: event.event,
    ...(event.requestId !== undefined && { correlationId: event.requestId }),
  };
}
