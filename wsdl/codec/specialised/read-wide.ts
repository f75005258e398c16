import { matchesWords, putWords, type ByteWords } from './byte-words.ts';
import type { CopyValue } from './copied-type.ts';
import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';
import { isNameEnd } from './message-opening.ts';
import { readText } from './read-text.ts';
import { surprise } from './surprise.ts';
import { skipSpace } from './tag-scan.ts';
import { closeValue, type ReadContent, type TaggedElement } from './tagged-element.ts';

const SPACE = 32;
const GREATER = 62;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** A child of a wide type. */
export interface WideMember {
  /** `<p:Name`. */
  readonly open: ByteWords;
  /** `</p:Name>`. */
  readonly close: ByteWords;
  /** That must be set in the scope, or 0. */
  readonly scopeBit: number;
  readonly min: number;
  readonly max: number;
  readonly isArray: boolean;
  /** JSON before its first value: `"name":`, with a bracket for an array. */
  readonly member: ByteWords;
  /** JSON where there is no value, or nothing. */
  readonly absent: ByteWords;
  readonly element: TaggedElement;
  /** Whether a start tag without attributes is enough. */
  readonly isPlain: boolean;
  /** Copies its text, if there is a way to. */
  readonly copy: CopyValue | undefined;
  /** Whether its attributes may stand in place: see `generateAttributes`. */
  readonly hasAttributes: boolean;
  /** Reads a value from a start tag that is more than its name. */
  readonly readTag: (state: DecodeState, from: number, element: TaggedElement) => number;
}

/**
 * The children of a type that has very many, in order. Code generated for each would be used once in a message: fetching it
 * takes longer than a loop over a table.
 *
 * @returns the position behind the last of them.
 */
export function readWide(state: DecodeState, from: number, members: readonly WideMember[]): number {
  let p = from;
  for (let i = 0; i < members.length; i++) p = readMember(state, p, members[i]!);
  return p;
}

function readMember(state: DecodeState, from: number, member: WideMember): number {
  const { bytes } = state;
  const { max } = member;
  let count = 0;
  let p = from;
  for (; count < max; count++) {
    if (bytes[p]! <= SPACE) p = skipSpace(bytes, p);
    if (!opens(state, p, member)) break;
    if (count === 0) putWords(state, member.member);
    p = readValue(state, p + member.open.length, member);
  }
  if (count < member.min) surprise(state, p);
  if (count === 0) {
    if (member.absent.length > 0) putWords(state, member.absent);
  } else if (member.isArray) closeValue(state, CLOSE_BRACKET);
  return p;
}

/** The byte behind the name tells most names apart. */
function opens(state: DecodeState, at: number, { open, scopeBit }: WideMember): boolean {
  return (
    isNameEnd(state.bytes[at + open.length]!) &&
    matchesWords(state, at, open) &&
    (scopeBit === 0 || (state.scope & scopeBit) !== 0)
  );
}

function readValue(state: DecodeState, at: number, member: WideMember): number {
  const { bytes } = state;
  state.elements += 1;
  let p = bytes[at] === GREATER ? readPlain(state, at + 1, member) : readTag(state, at, member);
  if (state.isEmpty) {
    state.isEmpty = false;
    return p;
  }
  if (bytes[p]! <= SPACE) p = skipSpace(bytes, p);
  return matchesWords(state, p, member.close) ? p + member.close.length : surprise(state, p);
}

function readPlain(
  state: DecodeState,
  from: number,
  { element: { content }, isPlain, copy }: WideMember,
): number {
  if (!isPlain) surprise(state, from);
  if (content.kind === 'text') {
    const end = copy === undefined ? NOT_COPIED : copy(state, from);
    return end < 0 ? readText(state, from, content.rule) : end;
  }
  return readObject(state, from, content.members, content.isUnwrapped);
}

function readTag(state: DecodeState, at: number, { element, hasAttributes, readTag }: WideMember): number {
  const { content } = element;
  const { used } = state;
  if (!hasAttributes || content.kind === 'text') return readTag(state, at, element);
  state.ensure(1);
  state.json[state.used++] = OPEN_BRACE;
  const from = content.attributesInPlace(state, at);
  if (from < 0) {
    state.used = used;
    return readTag(state, at, element);
  }
  const p = content.members(state, from);
  closeValue(state, CLOSE_BRACE);
  return p;
}

function readObject(state: DecodeState, from: number, members: ReadContent, isUnwrapped: boolean): number {
  state.ensure(1);
  state.json[state.used++] = isUnwrapped ? OPEN_BRACKET : OPEN_BRACE;
  const p = members(state, from);
  closeValue(state, isUnwrapped ? CLOSE_BRACKET : CLOSE_BRACE);
  return p;
}
