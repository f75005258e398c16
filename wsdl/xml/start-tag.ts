import type { Limits } from '../limits.ts';
import { AttributeList } from './attributes.ts';
import type { ByteWindow } from './byte-window.ts';
import { ATTRIBUTE_CLASSES, CHARACTER, NAME_BYTES, SPACE_BYTES } from './characters.ts';
import type { NameTable, XmlName } from './names.ts';
import { checkDeclaration } from './namespaces.ts';
import { expandReferences, normaliseAttributeSpace } from './references.ts';
import { limitExceeded, notXml, shownName } from './xml-error.ts';

const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

/** Returned where the bytes end before the tag does. */
export const INCOMPLETE = -1;

/** No sane name comes near it, and a table of names needs a bound. */
const LONGEST_NAME = 16_384;

const NONE: readonly string[] = [];

/** A start or empty-element tag (XML 1.0, 3.1), parsed in place. One instance is reused for all tags. */
export class StartTag {
  name!: XmlName;
  empty = false;
  readonly attributes: AttributeList = new AttributeList();
  /** Namespace declarations. */
  prefixes: readonly string[] = NONE;
  uris: readonly string[] = NONE;
  readonly #window: ByteWindow;
  readonly #names: NameTable;
  readonly #limits: Limits;
  #end = 0;
  #value = '';

  constructor(window: ByteWindow, names: NameTable, limits: Limits) {
    this.#window = window;
    this.#names = names;
    this.#limits = limits;
  }

  /** @returns the position behind the `>`, or INCOMPLETE. `at` is that of the `<`. */
  parse(at: number): number {
    this.attributes.count = 0;
    this.prefixes = NONE;
    this.uris = NONE;
    const name = this.#parseName(at + 1);
    if (name === undefined) return INCOMPLETE;
    this.name = name;
    return this.#parseRest(this.#end);
  }

  #parseRest(from: number): number {
    const { bytes, length } = this.#window;
    let p = from;
    for (;;) {
      const before = p;
      while (SPACE_BYTES[bytes[p]!] === 1) p++;
      const byte = bytes[p]!;
      if (byte === GREATER || (byte === SLASH && bytes[p + 1] === GREATER && p + 1 < length))
        return this.#close(p);
      if (p >= length || (byte === SLASH && p + 1 >= length)) return INCOMPLETE;
      if (p === before)
        notXml(`<${shownName(this.name.raw)}> has a character where white space or ">" must stand`);
      p = this.#parseAttribute(p);
      if (p === INCOMPLETE) return INCOMPLETE;
    }
  }

  #close(p: number): number {
    this.empty = this.#window.bytes[p] === SLASH;
    return this.empty ? p + 2 : p + 1;
  }

  /** Sets `#end`. @returns undefined where the bytes end. */
  #parseName(start: number): XmlName | undefined {
    const { bytes, length } = this.#window;
    let hash = 0;
    let p = start;
    for (; NAME_BYTES[bytes[p]!] === 1; p++) hash = (Math.imul(hash, 31) + bytes[p]!) | 0;
    if (p - start > LONGEST_NAME) limitExceeded('a name is too long', LONGEST_NAME);
    if (p >= length) return undefined;
    this.#end = p;
    return this.#names.intern(bytes, start, p, hash) ?? notXml('an element or attribute name is malformed');
  }

  #parseAttribute(start: number): number {
    const name = this.#parseName(start);
    if (name === undefined) return INCOMPLETE;
    const quoteAt = this.#parseEquals(this.#end, name);
    if (quoteAt === INCOMPLETE) return INCOMPLETE;
    const end = this.#parseValue(quoteAt, name);
    if (end === INCOMPLETE) return INCOMPLETE;
    if (name.declares === undefined) this.attributes.add(name, this.#value);
    else this.#declare(name.declares, this.#value);
    const count = this.attributes.count + this.prefixes.length;
    if (count > this.#limits.maxAttributes)
      limitExceeded('an element has too many attributes', this.#limits.maxAttributes);
    return end;
  }

  /** @returns where the opening quote stands. */
  #parseEquals(from: number, name: XmlName): number {
    const { bytes, length } = this.#window;
    let p = from;
    while (SPACE_BYTES[bytes[p]!] === 1) p++;
    if (p >= length) return INCOMPLETE;
    if (bytes[p] !== EQUALS) notXml(`the attribute ${shownName(name.raw)} has no "="`);
    p++;
    while (SPACE_BYTES[bytes[p]!] === 1) p++;
    if (p >= length) return INCOMPLETE;
    if (bytes[p] !== DOUBLE_QUOTE && bytes[p] !== SINGLE_QUOTE)
      notXml(`the attribute ${shownName(name.raw)} has no quotes`);
    return p;
  }

  /** Sets `#value`. @returns the position behind the closing quote. */
  #parseValue(quoteAt: number, name: XmlName): number {
    const { bytes, length } = this.#window;
    const quote = bytes[quoteAt]!;
    let flags = 0;
    let p = quoteAt + 1;
    for (; bytes[p] !== quote; p++) {
      const kind = ATTRIBUTE_CLASSES[bytes[p]!]!;
      if ((kind & CHARACTER.stop) !== 0 && bytes[p] !== DOUBLE_QUOTE && bytes[p] !== SINGLE_QUOTE) {
        if (p >= length) return INCOMPLETE;
        notXml(`the value of the attribute ${shownName(name.raw)} has an illegal character`);
      }
      flags |= kind & ~CHARACTER.stop;
    }
    if (p >= length) return INCOMPLETE;
    this.#value = this.#readValue(quoteAt + 1, p, flags);
    return p + 1;
  }

  #readValue(start: number, end: number, flags: number): string {
    const { maxTextBytes } = this.#limits;
    if (end - start > maxTextBytes) limitExceeded('an attribute value is too long', maxTextBytes);
    if ((flags & CHARACTER.illegal) !== 0) notXml('an attribute value has an illegal character');
    let value = this.#window.slice(start, end, (flags & CHARACTER.nonAscii) !== 0);
    if ((flags & CHARACTER.breaking) !== 0) value = normaliseAttributeSpace(value);
    return (flags & CHARACTER.ampersand) !== 0 ? expandReferences(value) : value;
  }

  #declare(prefix: string, uri: string): void {
    if (uri.length > LONGEST_NAME) limitExceeded('a namespace name is too long', LONGEST_NAME);
    checkDeclaration(prefix, uri);
    if (this.prefixes.includes(prefix))
      notXml(`the namespace prefix "${shownName(prefix)}" is declared twice on an element`);
    this.prefixes = [...this.prefixes, prefix];
    this.uris = [...this.uris, uri];
  }
}
