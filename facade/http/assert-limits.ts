import type { Route } from '../../openapi/index.ts';
import type { Exchange } from './exchange.ts';
import { parseQualityValues } from './coding/quality-values.ts';
import { assertCoding } from './coding/content-coding.ts';
import { ProblemError } from './problem.ts';

/** What the header fields alone forbid: a body too large, an answer that the client would not take. */
export function assertLimits({ request, operation, codings }: Exchange, bodyBytes: number): void {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) > bodyBytes) throw bodyTooLarge(bodyBytes);
  const { route } = operation;
  if (route.hasOutput && !acceptsJson(headers.accept) && !wantsBinary(route, headers.accept)) {
    throw new ProblemError('not-acceptable');
  }
  if (route.hasOutput) assertCoding(codings);
}

/** The connection is closed, as the rest of the body is not read. */
export function bodyTooLarge(bodyBytes: number): ProblemError {
  return new ProblemError(
    'body-too-large',
    { detail: `The body may have ${bodyBytes} bytes.` },
    { Connection: 'close' },
  );
}

/** Bytes are sent only to who asks for them, and not for JSON as well. */
export function wantsBinary({ binary }: Route, accept: string = ''): boolean {
  if (binary?.response === undefined || !accept.includes(BINARY_TYPE)) return false;
  const ranges = parseQualityValues(accept);
  return (ranges.get(BINARY_TYPE) ?? 0) > 0 && (ranges.get('application/json') ?? 0) === 0;
}

const BINARY_TYPE = 'application/octet-stream';
const JSON_RANGES = ['application/json', 'application/*', '*/*'];

/** RFC 9110, 12.5.1: the most specific range decides; `q=0` excludes. */
function acceptsJson(accept = '*/*'): boolean {
  if (accept === '*/*' || accept === 'application/json') return true;
  const ranges = parseQualityValues(accept);
  const decisive = JSON_RANGES.find((range) => ranges.has(range));
  return decisive !== undefined && ranges.get(decisive) !== 0;
}
