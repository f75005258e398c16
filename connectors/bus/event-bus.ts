import { BusError } from './bus-error.ts';

/** The shared bus: events out to whoever subscribes. In this process or on a broker, the promise is the same. */
export interface EventBus {
  /**
   * Resolves once the bus has taken the event over (a broker: confirmed), whether or not anyone subscribes, unless
   * `mustReachQueue`: then that a broker has no queue for it is an error.
   * @throws BusError
   */
  publish(event: BusEvent, options?: { readonly mustReachQueue?: boolean }): Promise<void>;
  /**
   * Hears the events published from now on whose name fits the pattern: words between dots, `*` for one word, `#` for
   * any number of them (AMQP 0-9-1, 3.1.3.3). Each event at least once; one whose handler fails comes once more.
   * @throws BusError
   */
  subscribe(pattern: string, handler: EventHandler): Promise<Subscription>;
  isConnected(): boolean;
  close(): Promise<void>;
}

export type EventHandler = (event: BusEvent) => void | Promise<void>;

export interface Subscription {
  close(): Promise<void>;
}

export interface BusEvent {
  /** Unique among all events; the same for an event that is published twice. */
  readonly id: string;
  /** Name and routing key, e.g. `transfer.completed`; at most 255 bytes. */
  readonly event: string;
  /** RFC 3339. */
  readonly time: string;
  /** What the event is about within its kind, e.g. a transfer's id. */
  readonly subject?: string;
  /** JSON (UTF-8), unless `contentType` says otherwise. */
  readonly data: Uint8Array;
  /** Media type of `data`; missing for application/json. */
  readonly contentType?: string;
  /** URI of what `data` keeps to. */
  readonly dataSchema?: string;
  /** URI reference of who published it; it and `id` are unique together. Missing for this API. */
  readonly source?: string;
  /** Further attributes of the event, by names of small letters and digits. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** Of the request that caused the event. */
  readonly requestId?: string;
}

/** Told of an event that was given up: its handler failed twice, or it could not be read. */
export type UndeliveredListener = (error: Error, event: BusEvent | undefined) => void;

export const warnOfUndelivered: UndeliveredListener = (error, event) => {
  process.emitWarning(
    `event ${event?.event ?? '(unreadable)'} ${event?.id ?? ''} was given up: ${error.message}`,
    'PorticoBus',
  );
};

/** @throws BusError INVALID_EVENT for what a broker would refuse by closing the channel. */
export function assertPublishable({ event }: BusEvent): void {
  if (event !== '' && Buffer.byteLength(event) <= 255) return;
  throw new BusError('INVALID_EVENT', 'the name of an event has 1 to 255 bytes', {
    mayHaveBeenPublished: false,
  });
}
