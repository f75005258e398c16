/** Where a request stands in somebody's trace, as its header says. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits: the span that called. */
  readonly parentId: string;
  readonly isSampled: boolean;
}

const LENGTH = 55;
const FORM = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;
const NO_TRACE = '0'.repeat(32);
const NO_PARENT = '0'.repeat(16);
const SAMPLED = 1;

/**
 * W3C Trace Context, 3.2: version, trace id, parent id, flags. Of a version to come the beginning is read, as the
 * specification wants (4.3). @returns undefined for what is invalid, also for two headers in one.
 */
export function parseTraceparent(text: string): TraceParent | undefined {
  const [, version, traceId, parentId, flags] = FORM.exec(text.slice(0, LENGTH)) ?? [];
  if (version === undefined || version === 'ff') return undefined;
  if (text.length > LENGTH && (version === '00' || text[LENGTH] !== '-')) return undefined;
  if (traceId === NO_TRACE || parentId === NO_PARENT) return undefined;
  const isSampled = (Number.parseInt(flags!, 16) & SAMPLED) === SAMPLED;
  return { traceId: traceId!, parentId: parentId!, isSampled };
}
