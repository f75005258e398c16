import { expandReferences, normaliseLineEnds } from '../../xml/references.ts';
import { XmlError } from '../../xml/xml-error.ts';
import type { DecodeState } from './decode-state.ts';
import { surprise } from './surprise.ts';
import { jsonOfText, type TextRule } from './text-rule.ts';

const SPACE = 32;
const LESS = 60;
const COMMA = 44;

/**
 * The text of an element by way of a string: for types and values that are not simply copied.
 * @returns the position of the `<` behind it.
 */
export function readText(state: DecodeState, from: number, rule: TextRule): number {
  const { bytes } = state;
  let p = from;
  while (bytes[p] !== LESS) {
    const byte = bytes[p]!;
    if (byte < SPACE && byte !== 9 && byte !== 10 && byte !== 13) surprise(state, p);
    p++;
  }
  putJson(state, jsonOfText(rule, textBetween(state, from, p), state.resolvePrefix) ?? surprise(state, from));
  return p;
}

function textBetween(state: DecodeState, from: number, end: number): string {
  let text = state.bytes.toString('utf8', from, end);
  if (text.includes(']]>')) surprise(state, from);
  if (text.includes('\r')) text = normaliseLineEnds(text);
  return expanded(state, text, from);
}

/** References expanded (XML 1.0, 4.1). */
export function expanded(state: DecodeState, text: string, at: number): string {
  if (!text.includes('&')) return text;
  try {
    return expandReferences(text);
  } catch (error) {
    if (error instanceof XmlError) surprise(state, at);
    throw error;
  }
}

/** Writes JSON text of any length, and the comma behind it. */
export function putJson(state: DecodeState, json: string): void {
  // A UTF-16 unit is at most three bytes in UTF-8.
  state.ensure(json.length * 3 + 1);
  state.used += state.json.write(json, state.used);
  state.json[state.used++] = COMMA;
}
