import type { IncomingHttpHeaders } from 'node:http';
import { maskJson, type Json } from '../../masking/index.ts';
import type { Exchanged } from '../soap-exchange.ts';
import type { Endpoint } from '../endpoint.ts';
import type { MockCall } from './mock-call.ts';
import {
  keepMessage,
  readAnswer,
  showMessage,
  type JournalMessage,
  type KeptMessage,
} from './kept-message.ts';

/** What the journal is told of a call. `body` is what came, empty if it was not read. */
export interface CallReport {
  readonly endpoint: Endpoint;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  readonly exchanged: Exchanged;
}

/** A call as it is kept: `call` shows it without its secrets. */
export interface KeptCall {
  readonly call: MockCall;
  /** The request as it came: what `verify` compares. */
  readonly exchanged: Exchanged;
  readonly endpoint: Endpoint;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

export function keepCall(number: number, { endpoint, headers, body, exchanged }: CallReport): KeptCall {
  const { answer, codec } = exchanged;
  const request = keepMessage(body, () => exchanged.input);
  const response = keepMessage(answer.body, () => readAnswer(codec, answer.body));
  const call = toCall(number, endpoint, exchanged, headers, [request, response]);
  return { call, exchanged, endpoint, headers, bytes: keptBytes(request) + keptBytes(response) };
}

function toCall(
  number: number,
  endpoint: Endpoint,
  { answer, codec, by, misses = [], delivery }: Exchanged,
  headers: IncomingHttpHeaders,
  [request, response]: readonly [KeptMessage, KeptMessage],
): MockCall {
  const shown: Partial<Record<'headers', Readonly<Record<string, string>>>> = {};
  const messages: Partial<Record<'request' | 'response', JournalMessage>> = {};
  return {
    number,
    at: new Date().toISOString(),
    service: endpoint.service.name,
    port: endpoint.port.name,
    ...(codec && { operation: codec.operation.id }),
    outcome: answer.outcome,
    status: answer.status,
    answeredBy: by,
    misses,
    ...(delivery?.delayMilliseconds !== undefined && { delayMilliseconds: delivery.delayMilliseconds }),
    ...(delivery?.wire && { wire: delivery.wire.kind }),
    // Masked when they are looked at, and then once.
    get headers() {
      return (shown.headers ??= maskJson(headers as Json) as Record<string, string>);
    },
    get request() {
      return (messages.request ??= showMessage(request));
    },
    get response() {
      return (messages.response ??= showMessage(response));
    },
  };
}

function keptBytes({ body, bytes }: KeptMessage): number {
  return body === undefined ? 0 : bytes;
}
