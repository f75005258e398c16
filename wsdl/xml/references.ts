import { isXmlCodePoint } from './characters.ts';
import { notXml } from './xml-error.ts';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Replaces the five predefined entities and numeric character references (XML 1.0, 4.1 and 4.6); there are no others without a DTD. */
export function expandReferences(text: string): string {
  let expanded = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at);
    if (end < 0) notXml('a reference has no ";"');
    expanded += text.slice(from, at) + expandReference(text.slice(at + 1, end));
    from = end + 1;
  }
  return expanded + text.slice(from);
}

function expandReference(name: string): string {
  if (name.startsWith('#')) return expandCharacter(name);
  return PREDEFINED.get(name) ?? notXml('an entity is used that is not one of lt, gt, amp, quot, apos');
}

function expandCharacter(reference: string): string {
  const hexadecimal = /^#x([0-9a-fA-F]+)$/.exec(reference);
  const decimal = /^#([0-9]+)$/.exec(reference);
  const code = hexadecimal ? parseInt(hexadecimal[1]!, 16) : decimal ? parseInt(decimal[1]!, 10) : NaN;
  if (!isXmlCodePoint(code)) notXml('a character reference is malformed or names an illegal character');
  return String.fromCodePoint(code);
}

/** XML 1.0, 2.11. */
export function normaliseLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** XML 1.0, 3.3.3, for CDATA attributes: before references are expanded. */
export function normaliseAttributeSpace(value: string): string {
  return value.replace(/\r\n|[\r\n\t]/g, ' ');
}
