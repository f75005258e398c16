import type { Limits } from '../limits.ts';
import { ByteWindow } from './byte-window.ts';
import { CHARACTER, NAME_BYTES, OPAQUE_CLASSES, SPACE_BYTES, TEXT_CLASSES, isNcName } from './characters.ts';
import { NameTable } from './names.ts';
import type { ExpandedName, XmlName } from './names.ts';
import { NamespaceScope, ROOT_SCOPE } from './namespaces.ts';
import { expandReferences, normaliseLineEnds } from './references.ts';
import { INCOMPLETE, StartTag } from './start-tag.ts';
import { TagEndScanner } from './tag-end-scanner.ts';
import { XmlError, limitExceeded, notXml, shownName } from './xml-error.ts';
import { checkXmlDeclaration } from './xml-declaration.ts';
import type { XmlContext, XmlHandler } from './xml-handler.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;

/** Bytes taken over at a time, so that the window stays small however large the chunks are. */
const WINDOW = 64 * 1024;

export interface TokenizerOptions {
  readonly limits: Limits;
  /** Names known from other documents. */
  readonly names?: NameTable;
  /** Content of an element (XML 1.0, production 43) instead of a document; processing instructions are refused. */
  readonly fragment?: boolean;
}

/**
 * Reads a UTF-8 document that comes in chunks of any size (XML 1.0 fifth edition with Namespaces in XML 1.0) and tells a
 * handler what it meets. Strict: what is not well-formed, any DTD and any unbound prefix throws an XmlError. Not
 * recursive; memory is bounded by the limits.
 */
export class Tokenizer implements XmlContext {
  scope: NamespaceScope = ROOT_SCOPE;
  readonly #handler: XmlHandler;
  readonly #limits: Limits;
  readonly #names: NameTable;
  readonly #fragment: boolean;
  readonly #window = new ByteWindow();
  readonly #tag: StartTag;
  readonly #tagEnd = new TagEndScanner();
  readonly #openNames: XmlName[] = [];
  readonly #outerScopes: NamespaceScope[] = [];
  #depth = 0;
  #elements = 0;
  #atStart = true;
  #rootSeen = false;
  /** Bytes of character data since the last tag. */
  #textBytes = 0;
  /** How far from its start the unfinished token has been scanned, and what was found there. */
  #scanned = 0;
  #scannedFlags = 0;

  constructor(handler: XmlHandler, options: TokenizerOptions) {
    this.#handler = handler;
    this.#limits = options.limits;
    this.#names = options.names ?? new NameTable();
    this.#fragment = options.fragment ?? false;
    this.#tag = new StartTag(this.#window, this.#names, this.#limits);
  }

  get writtenName(): string {
    return this.#openNames[this.#depth - 1]!.raw;
  }

  get outerScope(): NamespaceScope {
    return this.#outerScopes[this.#depth - 1]!;
  }

  path(): string {
    const names = this.#openNames.slice(0, this.#depth);
    return names.map((name) => `/${shownName(name.local)}`).join('');
  }

  /** @throws XmlError; the tokenizer is then spent. */
  write(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += WINDOW) {
      this.#window.append(chunk.subarray(from, from + WINDOW));
      this.#run();
    }
  }

  /** What was written stands for so many elements. */
  resume(elements: number): void {
    this.#elements = elements;
  }

  /** @throws XmlError if the document is not complete. */
  end(): void {
    const { bytes, position, length } = this.#window;
    if (position < length) {
      if (bytes[position] === LESS) this.#cutOffInMarkup();
      this.#takeText(length, this.#scannedFlags);
    }
    if (this.#depth > 0 || (!this.#rootSeen && !this.#fragment)) this.#cutOff();
  }

  /** What is wrong with the unfinished tag comes first, as it would if its bytes had come at once. */
  #cutOffInMarkup(): never {
    this.#tagEnd.reset();
    this.#readMarkup();
    return this.#cutOff();
  }

  #cutOff(): never {
    throw new XmlError(
      'cut-off',
      this.#rootSeen ? 'the document ends too early' : 'the document has no element',
    );
  }

  #run(): void {
    const window = this.#window;
    while (window.position < window.length) {
      const done = window.bytes[window.position] === LESS ? this.#readMarkup() : this.#readText();
      if (!done) return this.#checkUnfinished();
      this.#scanned = 0;
      this.#scannedFlags = 0;
    }
  }

  #checkUnfinished(): void {
    const { maxTextBytes } = this.#limits;
    if (this.#window.length - this.#window.position > maxTextBytes)
      limitExceeded('a text or tag is too long', maxTextBytes);
  }

  /** Ends the token that stands at the window's position. */
  #consume(end: number): void {
    const { maxTextBytes } = this.#limits;
    if (end - this.#window.position > maxTextBytes) limitExceeded('a text or tag is too long', maxTextBytes);
    this.#window.position = end;
    this.#atStart = false;
  }

  #readText(): boolean {
    const { bytes, position, length } = this.#window;
    let flags = this.#scannedFlags;
    let p = position + this.#scanned;
    for (let kind; ((kind = TEXT_CLASSES[bytes[p]!]!) & CHARACTER.stop) === 0; p++) flags |= kind;
    if (bytes[p] === LESS && p < length) {
      this.#takeText(p, flags);
      return true;
    }
    if (p < length) notXml('a text has an illegal character');
    this.#scanned = p - position;
    this.#scannedFlags = flags;
    return false;
  }

  #takeText(end: number, flags: number): void {
    const start = this.#window.position;
    const blank = (flags & CHARACTER.content) === 0;
    this.#consume(end);
    if (this.#depth === 0 && !this.#fragment) {
      if (!blank) notXml('there is text outside the root element');
      return;
    }
    if ((flags & CHARACTER.illegal) !== 0) notXml('a text has an illegal character');
    let text = this.#window.slice(start, end, (flags & CHARACTER.nonAscii) !== 0);
    if ((flags & CHARACTER.bracket) !== 0 && text.includes(']]>')) notXml('a text has "]]>"');
    if ((flags & CHARACTER.carriageReturn) !== 0) text = normaliseLineEnds(text);
    if ((flags & CHARACTER.ampersand) !== 0) text = expandReferences(text);
    this.#countText(end - start);
    this.#handler.text(text, blank);
  }

  #countText(bytes: number): void {
    this.#textBytes += bytes;
    const { maxTextBytes } = this.#limits;
    if (this.#textBytes > maxTextBytes) limitExceeded('a text is too long', maxTextBytes);
  }

  #readMarkup(): boolean {
    const { bytes, position, length } = this.#window;
    if (position + 1 >= length) return false;
    const next = bytes[position + 1]!;
    if (next === BANG) return this.#readDeclaration();
    if (next === QUESTION) return this.#readInstruction();
    if (!this.#tagEnd.reached(this.#window)) return false;
    const end = next === SLASH ? this.#readEndTag() : this.#readStartTag();
    if (end === INCOMPLETE) this.#tagEnd.begin();
    return end !== INCOMPLETE;
  }

  #readStartTag(): number {
    const tag = this.#tag;
    const end = tag.parse(this.#window.position);
    if (end === INCOMPLETE) return INCOMPLETE;
    this.#consume(end);
    this.#openElement(tag);
    const name = this.#expandName(tag.name);
    this.#expandAttributes(tag);
    this.#handler.startElement(name, tag.attributes);
    if (tag.empty) this.#closeElement();
    return end;
  }

  #openElement(tag: StartTag): void {
    const { maxDepth, maxElements } = this.#limits;
    if (this.#depth === 0 && this.#rootSeen && !this.#fragment) notXml('there is a second root element');
    if (this.#depth >= maxDepth) limitExceeded('elements are nested too deep', maxDepth);
    if (++this.#elements > maxElements) limitExceeded('there are too many elements', maxElements);
    this.#openNames[this.#depth] = tag.name;
    this.#outerScopes[this.#depth] = this.scope;
    this.#depth += 1;
    this.#rootSeen = true;
    this.#textBytes = 0;
    if (tag.prefixes.length > 0) this.scope = new NamespaceScope(this.scope, tag.prefixes, tag.uris);
  }

  #expandName(name: XmlName): ExpandedName {
    const { scope } = this;
    if (name.scopeSerial === scope.serial) return name.expanded;
    const namespace = scope.lookup(name.prefix);
    if (namespace === undefined || name.prefix === 'xmlns')
      notXml(`the prefix "${shownName(name.prefix)}" is not declared`);
    if (name.expanded.namespace !== namespace || name.scopeSerial === 0)
      name.expanded = this.#names.expand(namespace, name.local);
    name.scopeSerial = scope.serial;
    return name.expanded;
  }

  #expandAttributes({ attributes }: StartTag): void {
    for (let i = 0; i < attributes.count; i++) {
      const name = attributes.written[i]!;
      attributes.names[i] = name.prefix === '' ? name.unprefixed : this.#expandName(name);
    }
    if (attributes.count > 1 && attributes.hasDuplicate())
      notXml(`<${shownName(this.writtenName)}> has an attribute twice`);
  }

  #readEndTag(): number {
    const { bytes, position, length } = this.#window;
    if (this.#depth === 0) notXml('there is an end tag without a start tag');
    const name = this.#openNames[this.#depth - 1]!;
    const expected = name.bytes;
    let p = position + 2;
    for (let i = 0; i < expected.length; i++, p++) {
      if (bytes[p] !== expected[i]) return p >= length ? INCOMPLETE : this.#mismatch(name);
    }
    while (SPACE_BYTES[bytes[p]!] === 1) p++;
    if (bytes[p] !== GREATER || p >= length) return p >= length ? INCOMPLETE : this.#mismatch(name);
    this.#consume(p + 1);
    this.#closeElement();
    return p + 1;
  }

  #mismatch(name: XmlName): never {
    notXml(`<${shownName(name.raw)}> is not closed by an end tag of that name`);
  }

  #closeElement(): void {
    this.#handler.endElement();
    this.#depth -= 1;
    this.#textBytes = 0;
    this.scope = this.#outerScopes[this.#depth]!;
  }

  /** Comment, CDATA section or DOCTYPE. */
  #readDeclaration(): boolean {
    const { position, length } = this.#window;
    if (this.#window.startsWith('<!--', position)) return this.#readComment();
    if (this.#window.startsWith('<![CDATA[', position)) return this.#readCdata();
    if (this.#window.startsWith('<!D', position)) {
      throw new XmlError('dtd-forbidden', 'the document has a DTD (<!DOCTYPE>); messages must have none');
    }
    const got = this.#window.bytes.toString('latin1', position, length);
    if ('<!--'.startsWith(got) || '<![CDATA['.startsWith(got)) return false;
    return notXml('"<!" begins neither a comment nor a CDATA section');
  }

  #readComment(): boolean {
    const { position, length } = this.#window;
    const end = this.#find('--', 4);
    if (end < 0 || end + 2 >= length) return false;
    if (this.#window.bytes[end + 2] !== GREATER) notXml('a comment has "--"');
    this.#checkOpaque(position + 4, end);
    this.#consume(end + 3);
    return true;
  }

  #readCdata(): boolean {
    const { position } = this.#window;
    const end = this.#find(']]>', 9);
    if (end < 0) return false;
    if (this.#depth === 0 && !this.#fragment) notXml('there is a CDATA section outside the root element');
    const flags = this.#checkOpaque(position + 9, end);
    this.#consume(end + 3);
    this.#countText(end - position);
    const text = this.#window.slice(position + 9, end, (flags & CHARACTER.nonAscii) !== 0);
    this.#handler.text((flags & CHARACTER.carriageReturn) !== 0 ? normaliseLineEnds(text) : text, false);
    return true;
  }

  #readInstruction(): boolean {
    const { bytes, position } = this.#window;
    if (this.#fragment) notXml('a processing instruction is not allowed here');
    const end = this.#find('?>', 2);
    if (end < 0) return false;
    this.#checkOpaque(position + 2, end);
    let nameEnd = position + 2;
    while (NAME_BYTES[bytes[nameEnd]!] === 1) nameEnd++;
    const target = bytes.toString('utf8', position + 2, nameEnd);
    if (nameEnd < end && SPACE_BYTES[bytes[nameEnd]!] !== 1)
      notXml('a processing instruction has a malformed target');
    if (target === 'xml' && this.#atStart) checkXmlDeclaration(bytes.toString('latin1', position, end + 2));
    else if (!isNcName(target) || target.toLowerCase() === 'xml')
      notXml('a processing instruction has a forbidden target');
    this.#consume(end + 2);
    return true;
  }

  /** Finds the end of an opaque token. What was searched in vain is not searched again when more bytes have come. */
  #find(terminator: string, contentOffset: number): number {
    const { position, length } = this.#window;
    const found = this.#window.indexOf(terminator, position + Math.max(this.#scanned, contentOffset));
    this.#scanned = Math.max(contentOffset, (found < 0 ? length - terminator.length + 1 : found) - position);
    return found;
  }

  #checkOpaque(start: number, end: number): number {
    const { bytes } = this.#window;
    let flags = 0;
    for (let p = start; p < end; p++) flags |= OPAQUE_CLASSES[bytes[p]!]!;
    if ((flags & (CHARACTER.illegal | CHARACTER.stop)) !== 0) notXml('an illegal character');
    if ((flags & CHARACTER.nonAscii) !== 0) this.#window.slice(start, end, true);
    return flags;
  }
}
