import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue, Operation, OperationCodec, Packaging } from '../wsdl/index.ts';
import type { SoapAnswer } from './encode-answer.ts';
import type { Endpoint } from './endpoint.ts';
import type { ReceivedMessage } from './read-message.ts';
import type { Delivery } from './wire/delivery.ts';

/** A request that was routed and read, and fits its contract: what the stations after reading see of it. */
export interface SoapCall {
  readonly endpoint: Endpoint;
  readonly operation: Operation;
  readonly codec: OperationCodec;
  /** In the shape that the contract gives its JSON. Not to be modified. */
  readonly input: JsonValue;
  readonly headers: IncomingHttpHeaders;
  /** The request as it came. */
  readonly received: ReceivedMessage;
  /** How the request was packed with its attachments; missing for a plain envelope. */
  readonly packaging?: Packaging;
}

/** What decided an answer. `upstream`: the service behind a proxy. `refused`: the request went against its contract, or the mock itself failed. */
export type AnsweredBy =
  | { readonly kind: 'scenario'; readonly name: string }
  /** `variant`: in boundary mode, the name of the sample. */
  | { readonly kind: 'sample'; readonly variant?: string }
  | { readonly kind: 'handler' | 'upstream' | 'refused' };

/** A scenario that might have answered a call, and what kept it from that. */
export interface Miss {
  readonly scenario: string;
  readonly reason: string;
}

/** An answer in bytes, with who decided it and how it is to be sent. */
export interface Answered {
  readonly answer: SoapAnswer;
  readonly by: AnsweredBy;
  /** Missing: at once and as it is. */
  readonly delivery?: Delivery;
  /** Scenarios of the operation that did not match; missing where there are none. */
  readonly misses?: readonly Miss[];
}

/** Answers a call, or leaves it to those after it by `next`. */
export type Answerer = (call: SoapCall, next: () => Promise<Answered>) => Answered | Promise<Answered>;
