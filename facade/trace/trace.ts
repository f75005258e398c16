import type { IncomingHttpHeaders } from 'node:http';
import { newSpanId, newTraceId } from './random-ids.ts';
import { parseTraceparent } from './traceparent.ts';
import { parseTracestate } from './tracestate.ts';

/** A request as one span of a trace. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits: this request. */
  readonly spanId: string;
  /** The span that called, where a trace is continued. */
  readonly parentId: string | undefined;
  readonly isSampled: boolean;
  readonly tracestate: string | undefined;
}

/** Continues the trace of a request, or begins one. */
export type ReadTrace = (headers: IncomingHttpHeaders) => Trace;

/**
 * @param samplePercent of the traces begun here that say "sampled"; one that is continued keeps what it says.
 * @param random from 0 to below 1.
 */
export function createReadTrace(samplePercent: number, random: () => number = Math.random): ReadTrace {
  return ({ traceparent, tracestate }) => {
    const parent = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
    if (parent === undefined) return beginTrace(samplePercent > 0 && random() * 100 < samplePercent);
    const { traceId, parentId, isSampled } = parent;
    const state = tracestate === undefined ? undefined : parseTracestate(String(tracestate));
    return { traceId, spanId: newSpanId(), parentId, isSampled, tracestate: state };
  };
}

/** Without a valid traceparent a tracestate means nothing (W3C Trace Context, 3.3). */
function beginTrace(isSampled: boolean): Trace {
  const traceId = newTraceId();
  return { traceId, spanId: newSpanId(), parentId: undefined, isSampled, tracestate: undefined };
}

/** The header that makes what is called a child of this span, always in version 00 (W3C Trace Context, 3.2.2). */
export function toTraceparent({ traceId, spanId, isSampled }: Trace): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}
