import type { DecodeState } from './decode-state.ts';
import { surprise } from './surprise.ts';

/** Attributes of one tag; more are left to the general decoder. */
export const MOST_ATTRIBUTES = 32;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const AMPERSAND = 38;
const SINGLE_QUOTE = 39;
const SLASH = 47;
const COLON = 58;
const EQUALS = 61;
const GREATER = 62;

/** 1 for ASCII characters that can begin a name, 2 for those that can only continue it; names with others are left to the general decoder. */
export const NAME_CLASSES: Uint8Array = classes((character) =>
  /[A-Za-z_]/.test(character) ? 1 : /[\w.-]/.test(character) ? 2 : 0,
);

/** 1 for what ends a run in an attribute value: quotes, `<`, `&`, control characters. */
const VALUE_STOPS: Uint8Array = classes((character) => (/[\x00-\x1f"'<&]/.test(character) ? 1 : 0));

function classes(of: (character: string) => number): Uint8Array {
  return new Uint8Array(256).map((_, byte) => (byte < 128 ? of(String.fromCharCode(byte)) : 0));
}

/** Where the attributes of a tag stand. Reused for all tags. */
export class TagScan {
  count = 0;
  readonly nameStarts: Int32Array = new Int32Array(MOST_ATTRIBUTES);
  /** Of the colon; -1 where there is none. */
  readonly colons: Int32Array = new Int32Array(MOST_ATTRIBUTES);
  readonly nameEnds: Int32Array = new Int32Array(MOST_ATTRIBUTES);
  readonly valueStarts: Int32Array = new Int32Array(MOST_ATTRIBUTES);
  readonly valueEnds: Int32Array = new Int32Array(MOST_ATTRIBUTES);

  name(bytes: Buffer, index: number): string {
    return bytes.toString('latin1', this.nameStarts[index], this.nameEnds[index]);
  }

  prefix(bytes: Buffer, index: number): string {
    const colon = this.colons[index]!;
    return colon < 0 ? '' : bytes.toString('latin1', this.nameStarts[index], colon);
  }

  local(bytes: Buffer, index: number): string {
    return bytes.toString('latin1', this.#localStart(index), this.nameEnds[index]);
  }

  /** As written: references are not expanded. */
  value(bytes: Buffer, index: number): string {
    return bytes.toString('utf8', this.valueStarts[index], this.valueEnds[index]);
  }

  /** Whether two have the same local name: they could be the same attribute under two prefixes. Without one it is in no namespace. */
  hasTwins(bytes: Buffer): boolean {
    for (let i = 1; i < this.count; i++) {
      for (let j = 0; j < i; j++) if (this.#areTwins(bytes, i, j)) return true;
    }
    return false;
  }

  #areTwins(bytes: Buffer, i: number, j: number): boolean {
    if (this.colons[i]! < 0 !== this.colons[j]! < 0) return false;
    const start = this.#localStart(i);
    const other = this.#localStart(j);
    const length = this.nameEnds[i]! - start;
    if (length !== this.nameEnds[j]! - other) return false;
    for (let k = 0; k < length; k++) if (bytes[start + k] !== bytes[other + k]) return false;
    return true;
  }

  #localStart(index: number): number {
    const colon = this.colons[index]!;
    return colon < 0 ? this.nameStarts[index]! : colon + 1;
  }
}

/** Reads the rest of a start tag behind its name into `state.tag`, and whether it ends in `/>` into `state.isEmpty`. */
export function scanTag(state: DecodeState, from: number): number {
  const { bytes, tag } = state;
  let p = from;
  tag.count = 0;
  for (;;) {
    const before = p;
    p = skipSpace(bytes, p);
    if (bytes[p] === GREATER) return closeTag(state, p + 1, false);
    if (bytes[p] === SLASH && bytes[p + 1] === GREATER) return closeTag(state, p + 2, true);
    if (p === before || tag.count === MOST_ATTRIBUTES) surprise(state, p);
    p = scanAttribute(state, p);
    tag.count += 1;
  }
}

function closeTag(state: DecodeState, end: number, isEmpty: boolean): number {
  state.isEmpty = isEmpty;
  if (state.tag.count > 1 && state.tag.hasTwins(state.bytes)) surprise(state, 0);
  return end;
}

/** No space around the `=`: nobody writes it. */
function scanAttribute(state: DecodeState, from: number): number {
  const { bytes, tag } = state;
  const { count } = tag;
  tag.nameStarts[count] = from;
  let p = scanNcName(state, from);
  const colon = bytes[p] === COLON ? p : -1;
  if (colon >= 0) p = scanNcName(state, p + 1);
  tag.colons[count] = colon;
  tag.nameEnds[count] = p;
  if (bytes[p] !== EQUALS) surprise(state, p);
  const quote = bytes[p + 1];
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) surprise(state, p);
  tag.valueStarts[count] = p + 2;
  p = scanValue(state, p + 2, quote);
  tag.valueEnds[count] = p;
  return p + 1;
}

/** @returns the position behind the name. */
export function scanNcName(state: DecodeState, from: number): number {
  const { bytes } = state;
  if (NAME_CLASSES[bytes[from]!] !== 1) surprise(state, from);
  let p = from + 1;
  while (NAME_CLASSES[bytes[p]!] !== 0) p++;
  return p;
}

/** @returns the position of the closing quote. */
function scanValue(state: DecodeState, from: number, quote: number): number {
  const { bytes } = state;
  let p = from;
  for (;;) {
    p = endOfRun(bytes, p);
    const byte = bytes[p];
    if (byte === quote) return p;
    if (byte !== AMPERSAND && byte !== DOUBLE_QUOTE && byte !== SINGLE_QUOTE) surprise(state, p);
    p++;
  }
}

/** @returns the first position in an attribute value, from `from` on, that is a quote or nothing that stands for itself. */
export function endOfRun(bytes: Uint8Array, from: number): number {
  let p = from;
  while (VALUE_STOPS[bytes[p]!] === 0) p++;
  return p;
}

/** White space between tags (XML 1.0, 2.3). @returns the first position that has none. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let p = from;
  for (;;) {
    const byte = bytes[p];
    if (byte !== SPACE && byte !== LINE_FEED && byte !== TAB && byte !== CARRIAGE_RETURN) return p;
    p++;
  }
}
