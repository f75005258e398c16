import type { DecodeState } from './decode-state.ts';
import { expanded } from './read-text.ts';
import { startsWith } from './starts-with.ts';
import { surprise } from './surprise.ts';
import { scanNcName, scanTag, skipSpace } from './tag-scan.ts';
import { isDeclaration } from './tagged-element.ts';
import { XmlBindings } from './xml-bindings.ts';

const SPACE = 32;
const AMPERSAND = 38;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const GREATER = 62;
const BRACKET = 93;

/** Header blocks nested deeper are left to the general decoder. */
const DEEPEST = 24;

/**
 * Passes over soap:Header, checking all that makes it well-formed. A block that must be understood or is declared by the
 * contract, and anything unusual, is left to the general decoder.
 */
export class HeaderSkipper {
  /** Elements passed over. */
  elements = 0;
  readonly #bindings: XmlBindings;
  readonly #declared: ReadonlySet<string>;
  readonly #nameStarts = new Int32Array(DEEPEST);
  readonly #nameEnds = new Int32Array(DEEPEST);
  /** Prefixes declared in the header, with the depth of the element that declares each. */
  readonly #prefixes: string[] = [];
  readonly #depths: number[] = [];
  #depth = 0;

  /** @param bindings in force around the header. @param declared local names of the blocks that the contract declares. */
  constructor(bindings: XmlBindings, declared: ReadonlySet<string>) {
    this.#bindings = bindings;
    this.#declared = declared;
  }

  /** @param from of the `<` of its start tag. @returns the position behind its end tag. */
  skip(state: DecodeState, from: number): number {
    const { bytes } = state;
    this.elements = 0;
    this.#depth = 0;
    this.#prefixes.length = 0;
    this.#depths.length = 0;
    let p = from;
    do {
      if (bytes[p] !== LESS) surprise(state, p);
      p = bytes[p + 1] === SLASH ? this.#endTag(state, p) : this.#startTag(state, p);
      if (this.#depth > 0) p = this.#text(state, p);
    } while (this.#depth > 0);
    return p;
  }

  #startTag(state: DecodeState, from: number): number {
    const { bytes } = state;
    if (this.#depth === DEEPEST) surprise(state, 0);
    let end = scanNcName(state, from + 1);
    const colon = bytes[end] === COLON ? end : -1;
    if (colon >= 0) end = scanNcName(state, colon + 1);
    this.#nameStarts[this.#depth] = from + 1;
    this.#nameEnds[this.#depth] = end;
    this.#depth += 1;
    this.elements += 1;
    const p = scanTag(state, end);
    this.#checkTag(state, colon < 0 ? '' : bytes.toString('latin1', from + 1, colon));
    if (
      this.#depth === 2 &&
      this.#declared.has(bytes.toString('latin1', colon < 0 ? from + 1 : colon + 1, end))
    )
      surprise(state, 0);
    if (state.isEmpty) this.#close();
    return p;
  }

  #checkTag(state: DecodeState, prefix: string): void {
    const { bytes, tag } = state;
    for (let i = 0; i < tag.count; i++) if (isDeclaration(state, i)) this.#declare(state, i);
    if (!this.#isBound(prefix)) surprise(state, 0);
    for (let i = 0; i < tag.count; i++) {
      if (isDeclaration(state, i)) continue;
      if (!this.#isBound(tag.prefix(bytes, i)) || tag.local(bytes, i) === 'mustUnderstand')
        surprise(state, 0);
      expanded(state, tag.value(bytes, i), 0);
    }
  }

  #declare(state: DecodeState, index: number): void {
    const { bytes, tag } = state;
    const prefix = tag.colons[index]! < 0 ? '' : tag.local(bytes, index);
    const uri = tag.value(bytes, index);
    if (prefix !== '' && XmlBindings.NONE.declare(prefix, uri) === undefined) surprise(state, 0);
    if (uri.includes('&') || (prefix === '' && uri.startsWith('http://www.w3.org/'))) surprise(state, 0);
    this.#prefixes.push(prefix);
    this.#depths.push(this.#depth);
  }

  #isBound(prefix: string): boolean {
    return (
      prefix === '' || this.#prefixes.includes(prefix) || this.#bindings.resolve(prefix, 0) !== undefined
    );
  }

  #endTag(state: DecodeState, from: number): number {
    const { bytes } = state;
    const top = this.#depth - 1;
    const name = bytes.subarray(this.#nameStarts[top], this.#nameEnds[top]);
    const end = from + 2 + name.length;
    if (!startsWith(bytes, from + 2, name) || bytes[end] !== GREATER) surprise(state, from);
    this.#close();
    return end + 1;
  }

  #close(): void {
    while (this.#depths.at(-1) === this.#depth) {
      this.#depths.pop();
      this.#prefixes.pop();
    }
    this.#depth -= 1;
  }

  /** Between blocks there is only white space. */
  #text(state: DecodeState, from: number): number {
    const { bytes } = state;
    if (this.#depth === 1) return skipSpace(bytes, from);
    let p = from;
    let references = false;
    for (; bytes[p] !== LESS; p++) {
      const byte = bytes[p]!;
      if (byte < SPACE && byte !== 9 && byte !== 10 && byte !== 13) surprise(state, p);
      if (byte === AMPERSAND) references = true;
      if (byte === BRACKET && bytes[p + 1] === BRACKET) surprise(state, 0);
    }
    if (references) expanded(state, bytes.toString('utf8', from, p), 0);
    return p;
  }
}
