import type { Logger } from 'pino';
import { flatText } from '../flat-text.ts';
import type { Trace } from '../trace/trace.ts';
import type { CallerMembers, LoggedCaller } from './caller-members.ts';
import { lineStart } from './line-start.ts';

/** What is told of a request besides its method, status and time. Never its URL, query, payload or credentials. */
export interface LoggedRequest {
  readonly requestId: string;
  readonly trace?: Trace | undefined;
  /** Path template. */
  readonly route?: string | undefined;
  readonly operation?: { readonly service: string; readonly operationId: string } | undefined;
  readonly caller?: LoggedCaller | undefined;
  /** Problem code. */
  readonly code?: string | undefined;
  readonly cache?: string | undefined;
  /** Of a message: what became of it, e.g. `ack`, and which attempt that was. */
  readonly settled?: { readonly kind: string; readonly attempt: number } | undefined;
}

/** Writes the line of one request. It is called for each of them, so it must not be slow. `bytes` went out, head and body. */
export type LogRequest = (
  request: LoggedRequest,
  method: string,
  status: number,
  ms: number,
  bytes: number,
) => void;

/**
 * Lines of level `info`, put together without pino: a tenth of its time, as nothing in them can need redaction or a serializer.
 * Of as few parts as can be: each costs when the line is written.
 * Trace fields are named as OpenTelemetry has them in logs of other formats.
 */
export function createAccessLog(write: (line: string) => void, callerMembers: CallerMembers): LogRequest {
  const places = new Places();
  const results = new Results();
  return (request, method, status, ms, bytes) => {
    const { requestId, trace, caller, code, cache, settled } = request;
    const who = caller === undefined ? '' : callerMembers(caller);
    const why = code === undefined ? '' : `,"code":${JSON.stringify(code)}`;
    const kept = cache === undefined ? '' : cacheMember(cache);
    const end = settled === undefined ? '' : `,"settled":"${settled.kind}","attempt":${settled.attempt}`;
    write(
      `${lineStart()}${requestId}"${traceMembers(trace)}${places.membersOf(request)}${who}${why}${kept}${end}${results.membersOf(method, status)}${ms},"bytes":${bytes},"msg":"request"}\n`,
    );
  };
}

/** By a logger of somebody else's making. */
export function accessLogOf(logger: Logger, callerMembers: CallerMembers): LogRequest {
  return createAccessLog((line) => {
    const members = JSON.parse(line) as Record<string, unknown>;
    // The logger has its own.
    delete members['level'];
    delete members['time'];
    delete members['msg'];
    logger.info(members, 'request');
  }, callerMembers);
}

/** What a line says of its route, which is the same each time. */
class Places {
  readonly #operations = new WeakMap<object, string>();
  readonly #routes = new Map<string, string>();

  membersOf({ route, operation }: LoggedRequest): string {
    if (operation !== undefined) return this.#ofOperation(operation, route);
    return route === undefined ? '' : this.#ofRoute(route);
  }

  #ofOperation(operation: NonNullable<LoggedRequest['operation']>, route: string | undefined): string {
    const { service, operationId } = operation;
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const members = flatText(
      `,"route":${JSON.stringify(route)},"service":"${service}","operation":${JSON.stringify(operationId)}`,
    );
    this.#operations.set(operation, members);
    return members;
  }

  #ofRoute(route: string): string {
    const members = this.#routes.get(route) ?? `,"route":${JSON.stringify(route)}`;
    this.#routes.set(route, members);
    return members;
  }
}

/** OpenTelemetry, Trace Context in non-OTLP Log Formats. */
export function traceMembers(trace: Trace | undefined): string {
  if (trace === undefined) return '';
  const { traceId, spanId, parentId, isSampled } = trace;
  const parent = parentId === undefined ? '' : `,"parent_span_id":"${parentId}"`;
  return `,"trace_id":"${traceId}","span_id":"${spanId}"${parent},"trace_flags":"${isSampled ? '01' : '00'}"`;
}

/** What a line says of method and status, up to the value of `ms`: there are few of both. */
class Results {
  readonly #known = new Map<string, string[]>();

  membersOf(method: string, status: number): string {
    const byStatus = this.#known.get(method);
    const members = byStatus?.[status];
    if (members !== undefined) return members;
    const text = flatText(`,"method":${methodOf(method)},"status":${status},"ms":`);
    if (byStatus !== undefined) byStatus[status] = text;
    else if (this.#known.size < MOST_METHODS) this.#known.set(method, sparse(status, text));
    return text;
  }
}

/** Behind another server than Node's there may be ever new ones. */
const MOST_METHODS = 64;

function sparse(index: number, text: string): string[] {
  const all: string[] = [];
  all[index] = text;
  return all;
}

const CACHE_MEMBERS: Readonly<Record<string, string>> = {
  hit: ',"cache":"hit"',
  stale: ',"cache":"stale"',
  miss: ',"cache":"miss"',
};

function cacheMember(cache: string): string {
  return CACHE_MEMBERS[cache] ?? `,"cache":"${cache}"`;
}

const PLAIN_METHOD = /^[A-Z-]+$/;

/** A parser of HTTP lets only known methods through, but a handler may stand behind another server. */
function methodOf(method: string): string {
  return PLAIN_METHOD.test(method) ? `"${method}"` : JSON.stringify(method);
}
