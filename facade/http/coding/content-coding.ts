import type { CompressionConfig, ContentCoding } from '../../config/answers-config.ts';
import { ProblemError } from '../problem.ts';
import { parseQualityValues } from './quality-values.ts';

/** What one client takes. */
export interface Codings {
  /** The best of ours that it takes; undefined: the body as it is. */
  readonly coding: ContentCoding | undefined;
  /** Bodies of fewer bytes go out as they are; 0 where the client refuses that. */
  readonly minBytes: number;
  /** It takes nothing that we have. */
  readonly isNone: boolean;
}

/** By the field Accept-Encoding. */
export type NegotiateCoding = (acceptEncoding: string | string[] | undefined) => Codings;

/** Clients of one kind send the same text; who sends ever other ones has them read each time. */
const MOST_KNOWN = 64;
const LONGEST_KNOWN = 256;

/** RFC 9110, 12.5.3. A text that was met before costs a look-up. */
export function createNegotiateCoding(config: CompressionConfig): NegotiateCoding {
  const known = new Map<string, Codings>();
  const asIs: Codings = { coding: undefined, minBytes: 0, isNone: false };
  return (acceptEncoding) => {
    if (acceptEncoding === undefined) return asIs;
    const field = String(acceptEncoding);
    const met = known.get(field);
    if (met !== undefined) return met;
    const codings = negotiate(parseQualityValues(field), config);
    if (known.size < MOST_KNOWN && field.length <= LONGEST_KNOWN) known.set(field, codings);
    return codings;
  };
}

function negotiate(weights: ReadonlyMap<string, number>, { codings, minBytes }: CompressionConfig): Codings {
  const weightOf = (coding: ContentCoding): number =>
    weights.get(coding) ?? (coding === 'gzip' ? weights.get('x-gzip') : undefined) ?? weights.get('*') ?? 0;
  // The sort is stable: of equal weights our preference decides.
  const [best] = codings.toSorted((left, right) => weightOf(right) - weightOf(left));
  const identity = weights.get('identity') ?? (weights.get('*') === 0 ? 0 : undefined);
  const weight = best === undefined ? 0 : weightOf(best);
  const coding = weight > 0 && weight >= (identity ?? 0) ? best : undefined;
  const isRefused = identity === 0;
  return { coding, minBytes: isRefused ? 0 : minBytes, isNone: isRefused && coding === undefined };
}

/** How a body of `bytes` goes out; undefined: as it is. */
export function codingFor({ coding, minBytes }: Codings, bytes: number): ContentCoding | undefined {
  return bytes >= minBytes ? coding : undefined;
}

/** @throws ProblemError 406 */
export function assertCoding({ isNone }: Codings): void {
  if (isNone)
    throw new ProblemError('not-acceptable', { detail: 'Accept-Encoding refuses all that this answer has.' });
}

/** Each representation has a strong tag of its own (RFC 9110, 8.8.3.3). `etag` is in quotes. */
export function tagOf(etag: string, coding: ContentCoding | undefined): string {
  return coding === undefined ? etag : `${etag.slice(0, -1)}.${coding}"`;
}
