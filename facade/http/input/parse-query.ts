import { ProblemError } from '../problem.ts';

/** The values of each parameter, in order. */
export type Query = ReadonlyMap<string, readonly string[]>;

const EMPTY: Query = new Map();

/**
 * A query as HTML forms and OpenAPI write it: percent-encoded UTF-8, `+` for a blank. What is not well encoded is refused, where
 * URLSearchParams would take it literally. @throws ProblemError 400
 */
export function parseQuery(text: string): Query {
  if (text === '') return EMPTY;
  const query = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    const known = query.get(name);
    if (known === undefined) query.set(name, [value]);
    else known.push(value);
  }
  return query;
}

const ENCODED = /[%+]/;

function decode(text: string): string {
  if (!ENCODED.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ProblemError('malformed-request', { detail: 'The query is not percent-encoded UTF-8.' });
  }
}
