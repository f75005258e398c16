import { done, refused, type Outcome } from './outcome.ts';

/** A slice of a list; `nextCursor` is missing on the last one. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly total: number;
  readonly nextCursor?: string;
}

const DEFAULT_LIMIT = 20;

/**
 * The page after the entry that `cursor` names. Cursors name entries, not positions, so that what is booked between
 * two pages neither repeats an entry nor hides one.
 */
export function pageOf<Entry>(
  list: readonly Entry[],
  idOf: (entry: Entry) => string,
  { cursor, limit = DEFAULT_LIMIT }: { readonly cursor?: string; readonly limit?: number },
): Outcome<Page<Entry>> {
  const after = cursor === undefined ? -1 : list.findIndex((entry) => toCursor(idOf(entry)) === cursor);
  if (cursor !== undefined && after < 0) return refused({ name: 'InvalidCursor' });
  const entries = list.slice(after + 1, after + 1 + limit);
  const last = entries.at(-1);
  const isLast = after + 1 + limit >= list.length || last === undefined;
  return done({ entries, total: list.length, ...(!isLast && { nextCursor: toCursor(idOf(last)) }) });
}

function toCursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}
