import { randomFillSync } from 'node:crypto';

/** Filled at once, as each call of the generator costs more than what it gives. */
const POOL = Buffer.alloc(8192);
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;

let next = POOL.length;

/** W3C Trace Context, 3.2.2.3: 32 hexadecimal digits. */
export function newTraceId(): string {
  return hexDigits(TRACE_ID_BYTES);
}

/** W3C Trace Context, 3.2.2.4: 16 hexadecimal digits. */
export function newSpanId(): string {
  return hexDigits(SPAN_ID_BYTES);
}

/** Nothing but zeros would be no id; it comes once in 2^64 ids, and only costs its trace. */
function hexDigits(bytes: number): string {
  if (next + bytes > POOL.length) {
    randomFillSync(POOL);
    next = 0;
  }
  next += bytes;
  return POOL.toString('hex', next - bytes, next);
}
