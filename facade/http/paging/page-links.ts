import type { RoutePaging } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import { memberAt } from '../../operations/member.ts';
import { parseQuery } from '../input/parse-query.ts';
import type { Cursors } from './cursors.ts';
import type { Page } from './open-page.ts';

/**
 * The field Link of an answer (RFC 8288): first, and what there is of prev and next. Relative to the address of the request
 * (RFC 3986, 5.2.2), which proxies may know by another name.
 */
export function pageLinks(
  paging: RoutePaging,
  page: Page,
  query: string,
  json: Uint8Array,
  cursors: Cursors,
): string {
  const link = (relation: string, position: string | undefined): string => {
    const cursor = position === undefined ? undefined : cursors.seal(position, page.binding);
    return `<?${queryWith(query, paging.parameter, cursor)}>; rel="${relation}"`;
  };
  const answer = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString()) as JsonValue;
  const next = nextOf(paging, page, answer);
  const previous = previousOf(paging, page);
  return [
    link('first', undefined),
    ...(previous === undefined ? [] : [link('prev', previous === 0 ? undefined : String(previous))]),
    ...(next === undefined ? [] : [link('next', next)]),
  ].join(', ');
}

function nextOf(paging: RoutePaging, { offset, limit }: Page, answer: JsonValue): string | undefined {
  if (paging.kind === 'token') {
    const token = memberAt(answer, paging.next);
    if (typeof token === 'number') return String(token);
    return typeof token === 'string' && token !== '' ? token : undefined;
  }
  const entries = memberAt(answer, paging.entries);
  // A full page may be the last; the next one is then empty, and has no next.
  return Array.isArray(entries) && entries.length > 0 && entries.length >= limit
    ? String(offset + entries.length)
    : undefined;
}

function previousOf(paging: RoutePaging, { offset, limit }: Page): number | undefined {
  return paging.kind === 'offset' && offset > 0 ? Math.max(0, offset - limit) : undefined;
}

/** The parameters as they were, encoded anew: nothing in them can end the reference. */
function queryWith(query: string, parameter: string, cursor: string | undefined): string {
  const pairs = [...parseQuery(query)]
    .filter(([name]) => name !== parameter)
    .flatMap(([name, values]) => values.map((value) => `${encode(name)}=${encode(value)}`));
  return [...pairs, ...(cursor === undefined ? [] : [`${encode(parameter)}=${cursor}`])].join('&');
}

/** RFC 3986, 2.2: more than encodeURIComponent does. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
