import type { AnsweredBy, Miss } from '../call.ts';
import type { WireFaultKind } from '../wire/wire-fault.ts';
import type { JournalMessage } from './kept-message.ts';

/** One SOAP request that reached a port. */
export interface MockCall {
  /** Counts the calls of this mock from 1. */
  readonly number: number;
  /** When the request was read, as xs:dateTime in UTC. */
  readonly at: string;
  readonly service: string;
  readonly port: string;
  /** Missing where the request could not be routed to one. */
  readonly operation?: string;
  readonly outcome: 'output' | 'fault' | 'accepted';
  /** HTTP status of the answer, before anything went wrong on the wire. */
  readonly status: number;
  readonly answeredBy: AnsweredBy;
  /** Scenarios of the operation that did not answer, and why. */
  readonly misses: readonly Miss[];
  readonly delayMilliseconds?: number;
  /** What went wrong on the wire, because it was asked to. */
  readonly wire?: WireFaultKind;
  /** Header fields of the request; secrets are masked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly request: JournalMessage;
  readonly response: JournalMessage;
}
