import { randomFillSync } from 'node:crypto';
import { flatText } from '../flat-text.ts';

/** Filled and put into digits at once, as each call costs more than what it gives. */
const POOL = Buffer.alloc(4096);
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const UUID_BYTES = 16;
const UUID_LENGTH = 36;

let digits = '';
let next = 0;
let uuids = '';
let nextUuid = 0;

/** W3C Trace Context, 3.2.2.3: 32 hexadecimal digits. */
export function newTraceId(): string {
  return hexDigits(TRACE_ID_BYTES);
}

/** W3C Trace Context, 3.2.2.4: 16 hexadecimal digits. */
export function newSpanId(): string {
  return hexDigits(SPAN_ID_BYTES);
}

/** RFC 9562, 5.4: a UUID of version 4, of one variant. `randomUUID` of node:crypto takes several times as long. */
export function newUuid(): string {
  if (nextUuid === uuids.length) {
    uuids = flatText(manyUuids());
    nextUuid = 0;
  }
  nextUuid += UUID_LENGTH;
  return uuids.slice(nextUuid - UUID_LENGTH, nextUuid);
}

function manyUuids(): string {
  const random = randomFillSync(POOL).toString('hex');
  let all = '';
  for (let at = 0; at < random.length; at += UUID_BYTES * 2)
    all += toUuid(random.slice(at, at + UUID_BYTES * 2));
  return all;
}

function toUuid(id: string): string {
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20)}`;
}

/** Nothing but zeros would be no id; it comes once in 2^64 ids, and only costs its trace. */
function hexDigits(bytes: number): string {
  const length = bytes * 2;
  if (next + length > digits.length) {
    digits = randomFillSync(POOL).toString('hex');
    next = 0;
  }
  next += length;
  return digits.slice(next - length, next);
}
