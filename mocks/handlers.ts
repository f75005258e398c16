import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from '../wsdl/index.ts';
import { closestName } from '../wsdl/index.ts';
import type { Endpoint } from './endpoint.ts';

/** A request that has been decoded and found to fit its contract. */
export interface MockRequest {
  readonly service: string;
  readonly port: string;
  readonly operation: string;
  /** The operation's input, in the shape that the contract gives its JSON. */
  readonly input: JsonValue;
  readonly headers: IncomingHttpHeaders;
}

/**
 * What a handler answers: the operation's output, or a SOAP Fault. With a `name` the fault is a declared one and
 * `value` is its detail; without, only the reason goes out. `category` says whose mistake it is: `Sender` by default.
 */
export type MockAnswer = { readonly output: JsonValue } | { readonly fault: MockFault };

export interface MockFault {
  readonly name?: string;
  readonly reason: string;
  readonly value?: JsonValue;
  readonly category?: 'Sender' | 'Receiver';
}

/** Answers one operation; `undefined` leaves it to the sample. What it throws becomes a Server fault. */
export type MockHandler = (request: MockRequest) => MockAnswer | undefined | Promise<MockAnswer | undefined>;

/** Handlers by `Service.Operation`, or by `Operation` for every service that has one of that name. */
export type MockHandlers = Readonly<Record<string, MockHandler>>;

/** @throws Error naming every handler that no operation would ever call, with the name it may have been meant for. */
export function assertHandlersFit(handlers: MockHandlers, endpoints: readonly Endpoint[]): void {
  const known = new Set(endpoints.flatMap(handlerNames));
  const faults = Object.keys(handlers)
    .filter((name) => !known.has(name))
    .map((name) => `no operation for the handler "${name}"${suggestion(name, [...known])}`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** The more exact name wins. */
export function handlerOf(
  handlers: MockHandlers,
  service: string,
  operationId: string,
): MockHandler | undefined {
  const exact = `${service}.${operationId}`;
  if (Object.hasOwn(handlers, exact)) return handlers[exact];
  return Object.hasOwn(handlers, operationId) ? handlers[operationId] : undefined;
}

function handlerNames(endpoint: Endpoint): string[] {
  return endpoint.operations.flatMap(({ id }) => [id, `${endpoint.service.name}.${id}`]);
}

function suggestion(name: string, known: readonly string[]): string {
  const closest = closestName(name, known);
  return closest === undefined ? '' : `; did you mean "${closest}"?`;
}
