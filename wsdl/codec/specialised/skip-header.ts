import { qnameKey } from '../../qname.ts';
import type { DecodeState } from './decode-state.ts';
import type { HeaderBlock } from './header-blocks.ts';
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
 * Passes over soap:Header, checking all that makes it well-formed, and reads the blocks that the contract declares. A block that
 * must be understood, and anything unusual, is left to the general decoder.
 */
export class HeaderSkipper {
  /** JSON text of the members of `@header`. */
  prelude = '';
  readonly #bindings: XmlBindings;
  readonly #declared: ReadonlyMap<string, HeaderBlock>;
  readonly #seen = new Set<HeaderBlock>();
  readonly #nameStarts = new Int32Array(DEEPEST);
  readonly #nameEnds = new Int32Array(DEEPEST);
  /** Prefixes declared in the header, with what each is bound to, and the depth of the element that declares it. */
  readonly #prefixes: string[] = [];
  readonly #uris: string[] = [];
  readonly #depths: number[] = [];
  #depth = 0;

  /** @param bindings in force around the header. @param declared the blocks that the contract declares, by name. */
  constructor(bindings: XmlBindings, declared: ReadonlyMap<string, HeaderBlock>) {
    this.#bindings = bindings;
    this.#declared = declared;
  }

  /** A message begins, with a header or without. */
  begin(): void {
    this.prelude = '';
    if (this.#seen.size > 0) this.#seen.clear();
  }

  /** @param from of the `<` of its start tag. @returns the position behind its end tag. */
  skip(state: DecodeState, from: number): number {
    const { bytes } = state;
    state.bind(this.#bindings);
    this.#depth = 0;
    this.#prefixes.length = 0;
    this.#uris.length = 0;
    this.#depths.length = 0;
    let p = from;
    do {
      if (bytes[p] !== LESS) surprise(state, p);
      p = bytes[p + 1] === SLASH ? this.#endTag(state, p) : this.#startTag(state, p);
      if (this.#depth > 0) p = this.#text(state, p);
    } while (this.#depth > 0);
    state.isEmpty = false;
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
    const p = scanTag(state, end);
    const { isEmpty } = state;
    this.#declareAll(state);
    const prefix = colon < 0 ? '' : bytes.toString('latin1', from + 1, colon);
    const namespace = this.#lookup(prefix) ?? surprise(state, 0);
    const block =
      this.#depth === 2 && this.#declared.size > 0
        ? this.#declared.get(
            qnameKey(namespace, bytes.toString('latin1', colon < 0 ? from + 1 : colon + 1, end)),
          )
        : undefined;
    if (block !== undefined) return this.#readDeclared(state, from, block);
    this.#checkAttributes(state);
    state.elements += 1;
    if (isEmpty) this.#close();
    return p;
  }

  #readDeclared(state: DecodeState, from: number, block: HeaderBlock): number {
    const declares = this.#depths.at(-1) === this.#depth;
    this.#close();
    if (this.#depths.length > 0 || this.#seen.has(block)) surprise(state, 0);
    this.#seen.add(block);
    const { used } = state;
    const end = declares ? block.readGenerally(state, from) : block.read(state, from);
    const json = state.json.toString('utf8', used, state.used - 1);
    state.used = used;
    this.prelude += `${this.prelude === '' ? '' : ','}${block.member}${json}`;
    return end;
  }

  #declareAll(state: DecodeState): void {
    for (let i = 0; i < state.tag.count; i++) if (isDeclaration(state, i)) this.#declare(state, i);
  }

  #checkAttributes(state: DecodeState): void {
    const { bytes, tag } = state;
    for (let i = 0; i < tag.count; i++) {
      if (isDeclaration(state, i)) continue;
      const isBound = this.#lookup(tag.prefix(bytes, i)) !== undefined;
      if (!isBound || tag.local(bytes, i) === 'mustUnderstand') surprise(state, 0);
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
    this.#uris.push(uri);
    this.#depths.push(this.#depth);
  }

  #lookup(prefix: string): string | undefined {
    const index = this.#prefixes.lastIndexOf(prefix);
    return index < 0 ? this.#bindings.resolve(prefix, 0) : this.#uris[index];
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
      this.#uris.pop();
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
