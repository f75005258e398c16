import type { JsonValue } from '../codec.ts';
import { escapeAttribute, escapeText, hasIllegalXmlCharacter } from '../../xml/escape.ts';
import { FIRST_FAULT } from './fault-collector.ts';

const NOT_PLAIN = /[&<>"\u0000-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/;

/** A string of any characters as character data; for the fast encoder, where a fault needs no explanation. */
export function plainText(value: JsonValue): string {
  if (typeof value !== 'string') throw FIRST_FAULT;
  return NOT_PLAIN.test(value) ? escapeText(legal(value)) : value;
}

/** The same for an attribute value. */
export function plainAttribute(value: JsonValue): string {
  if (typeof value !== 'string') throw FIRST_FAULT;
  return NOT_PLAIN.test(value) ? escapeAttribute(legal(value)) : value;
}

function legal(text: string): string {
  if (hasIllegalXmlCharacter(text)) throw FIRST_FAULT;
  return text;
}
