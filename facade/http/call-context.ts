import type { CallContext } from '../operations/operation-runtime.ts';
import { wantsBinary } from './assert-limits.ts';
import type { Exchange } from './exchange.ts';

/** What a call takes over from the request that it is made for. */
export function contextOf(exchange: Exchange): CallContext {
  const { request, record, deadline, abort } = exchange;
  const { traceparent } = request.headers;
  return {
    deadline,
    requestId: record.requestId,
    signal: abort.signal,
    binaryMember: binaryMemberOf(exchange),
    ...(typeof traceparent === 'string' && TRACEPARENT.test(traceparent) && { traceparent }),
  };
}

/** The member whose content alone the client asks for. */
export function binaryMemberOf({ request, operation: { route } }: Exchange): readonly string[] | undefined {
  return wantsBinary(route, request.headers.accept) ? route.binary?.response : undefined;
}

/** W3C Trace Context, 3.2.2. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
