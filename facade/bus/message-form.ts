import type { Delivery } from '../../connectors/index.ts';
import { ProblemError } from '../http/problem.ts';

/** How a command is written, and its reply. */
export type MessageForm = { readonly kind: 'json' } | { readonly kind: 'xml'; readonly charset?: string };

const JSON_TYPE = /^application\/(?:[^;\s]+\+)?json$/i;
/** RFC 7303, 9; RFC 3902. */
const XML_TYPE = /^(?:text\/xml|application\/(?:[^;\s]+\+)?xml)$/i;
const CHARSET = /;\s*charset="?([^";\s]+)/i;
const LESS_THAN = 0x3c;
/** Byte order marks of UTF-8 and UTF-16, which JSON does not have (RFC 8259, 8.1). */
const MARKS: ReadonlySet<number> = new Set([0xef, 0xfe, 0xff]);
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** By the content type; a message without one by its first character, as no JSON begins like XML. @throws ProblemError 415 */
export function formOf({ properties, body }: Pick<Delivery, 'properties' | 'body'>): MessageForm {
  const { contentType, contentEncoding } = properties;
  if (contentEncoding !== undefined && !/^(?:utf-?8|identity)?$/i.test(contentEncoding))
    throw unsupported('content-encoding');
  if (contentType === undefined || contentType === '')
    return looksLikeXml(body) ? { kind: 'xml' } : { kind: 'json' };
  const [type = ''] = contentType.split(';', 1);
  if (JSON_TYPE.test(type.trim())) return { kind: 'json' };
  if (!XML_TYPE.test(type.trim())) throw unsupported('content-type');
  const charset = CHARSET.exec(contentType)?.[1];
  return charset === undefined ? { kind: 'xml' } : { kind: 'xml', charset };
}

function looksLikeXml(body: Uint8Array): boolean {
  const first = body.find((byte) => !BLANK.has(byte));
  return first === LESS_THAN || (first !== undefined && MARKS.has(first));
}

function unsupported(property: string): ProblemError {
  return new ProblemError('unsupported-media-type', {
    detail: `The property ${property} names what is not taken here. Send application/json, or text/xml or application/soap+xml, without a content encoding.`,
  });
}
