import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../connectors/index.ts';
import { isSane, type RequestRecord } from '../http/request-record.ts';
import type { ReadTrace } from '../trace/trace.ts';
import { headerOf } from './message-headers.ts';

/** A message's id, for logs and the service: that of its header or of itself if it is sane, and what is told of it at its end. */
export function beginMessageRecord(
  { properties, queue }: Delivery,
  readTrace: ReadTrace | undefined,
): RequestRecord {
  const { headers, messageId } = properties;
  const given = [headerOf(headers, 'x-request-id'), messageId].find((id) => id !== undefined && isSane(id));
  return {
    requestId: given ?? randomUUID(),
    startedAt: Date.now(),
    trace: readTrace?.({
      traceparent: headerOf(headers, 'traceparent'),
      tracestate: headerOf(headers, 'tracestate'),
    }),
    operation: undefined,
    route: queue,
    caller: undefined,
    code: undefined,
    brokenOff: undefined,
    cache: undefined,
    ending: undefined,
    command: undefined,
    isReplay: false,
    input: undefined,
  };
}
