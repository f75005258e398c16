import { survivesAsDouble, type ValueFault, type ValueFaultCode } from '../../../wsdl/index.ts';
import { toPointer } from '../../operations/member.ts';

/** What JSON.parse does not tell of a text. */
export interface JsonScan {
  readonly isTooDeep: boolean;
  /** Duplicate members and numbers that would be rounded. */
  readonly faults: readonly ValueFault[];
}

interface Frame {
  /** Names seen so far; undefined for an array. */
  readonly names?: Set<string>;
  /** Of the member at hand. */
  name: string;
  /** Of the entry at hand. */
  index: number;
  expectsName: boolean;
}

/** A hostile text could otherwise make pointers many times its own size. */
const MAX_FAULTS = 100;
const MAX_NAME_IN_POINTER = 256;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?[0-9][-+0-9.eE]*/y;

/**
 * One linear pass, without recursion. The text may be malformed: JSON.parse says so afterwards, and what was found here is
 * then of no interest. Stops where the depth is exceeded, so that nothing deep is ever parsed.
 */
export function scanJson(text: string, maxDepth: number): JsonScan {
  const faults: ValueFault[] = [];
  const frames: Frame[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const frame = frames.at(-1);
    switch (text.charAt(at)) {
      case '{':
        frames.push({ names: new Set(), name: '', index: 0, expectsName: true });
        break;
      case '[':
        frames.push({ name: '', index: 0, expectsName: false });
        break;
      case '}':
      case ']':
        frames.pop();
        break;
      case ',':
        if (frame) nextMember(frame);
        break;
      case '"': {
        const end = endOfString(text, at);
        if (frame?.names && frame.expectsName) takeName(frames, frame.names, text.slice(at, end), faults);
        at = end - 1;
        break;
      }
      default:
        at = skipNumber(text, at, frames, faults);
    }
    if (frames.length > maxDepth) return { isTooDeep: true, faults };
  }
  return { isTooDeep: false, faults };
}

function nextMember(frame: Frame): void {
  frame.index += 1;
  frame.expectsName = frame.names !== undefined;
}

function takeName(frames: readonly Frame[], names: Set<string>, literal: string, faults: ValueFault[]): void {
  const frame = frames.at(-1)!;
  frame.name = unquote(literal);
  frame.expectsName = false;
  if (names.has(frame.name)) report(faults, frames, 'duplicate-member', 'This member occurs more than once.');
  names.add(frame.name);
}

/** `"a"` and `"\u0061"` are the same name. */
function unquote(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal;
  }
}

/** @returns the index after the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) return at + 1;
    at += character === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

/** @returns the index of the number's last character, or `at` where there is no number. */
function skipNumber(text: string, at: number, frames: readonly Frame[], faults: ValueFault[]): number {
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined) return at;
  if (!survivesAsDouble(number)) report(faults, frames, 'lexical', whyNot(number));
  return at + number.length - 1;
}

function whyNot(number: string): string {
  return Number.isFinite(Number(number))
    ? 'This number would be rounded: a double has no such number.'
    : 'This number is larger than a double can be.';
}

function report(faults: ValueFault[], frames: readonly Frame[], code: ValueFaultCode, message: string): void {
  if (faults.length >= MAX_FAULTS) return;
  const path = frames.map(({ names, name, index }) =>
    names ? name.slice(0, MAX_NAME_IN_POINTER) : String(index),
  );
  faults.push({ pointer: toPointer(path), code, message });
}
