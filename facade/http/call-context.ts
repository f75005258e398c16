import type { CallContext } from '../operations/operation-runtime.ts';
import { wantsBinary } from './assert-limits.ts';
import type { Exchange } from './exchange.ts';

/** What a call takes over from the request that it is made for. */
export function contextOf(exchange: Exchange): CallContext {
  const { record, deadline, abort } = exchange;
  return {
    deadline,
    requestId: record.requestId,
    signal: abort,
    binaryMember: binaryMemberOf(exchange),
    trace: record.trace,
  };
}

/** The member whose content alone the client asks for. */
export function binaryMemberOf({ request, operation: { route } }: Exchange): readonly string[] | undefined {
  return wantsBinary(route, request.headers.accept) ? route.binary?.response : undefined;
}
