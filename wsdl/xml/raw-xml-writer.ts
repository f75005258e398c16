import type { Attributes } from './attributes.ts';
import { PREFIX_BEFORE_COLON } from './characters.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import type { NamespaceScope } from './namespaces.ts';
import { ROOT_SCOPE } from './namespaces.ts';
import type { XmlContext } from './xml-handler.ts';

/**
 * Copies an element, or the content of one, as a string that stands for itself: each outermost element also gets the
 * namespace declarations from around it that it needs. These are those of every prefix that occurs before a colon in a
 * name, an attribute value or a text (it may be a QName), and of the default namespace. Character data is written
 * anew, without CDATA sections; comments and processing instructions are left out.
 */
export class RawXmlWriter {
  readonly #context: XmlContext;
  #xml = '';
  /** The outermost element that is open: what stands before and behind the place of the added declarations. */
  #rootHead = '';
  #rootRest = '';
  #outer: NamespaceScope = ROOT_SCOPE;
  #own: readonly string[] = [];
  readonly #used = new Set<string>();
  readonly #names: string[] = [];
  #tagOpen = false;
  /** Character data since the last tag: a qualified name may come in several parts, of which one is a CDATA section. */
  #run = '';

  constructor(context: XmlContext) {
    this.#context = context;
  }

  /** Elements open. */
  get depth(): number {
    return this.#names.length;
  }

  /** The copy; complete when `depth` is 0. */
  toString(): string {
    return this.#xml;
  }

  startElement(attributes: Attributes): void {
    const { scope, outerScope, writtenName } = this.#context;
    const declared = scope === outerScope ? ROOT_SCOPE : scope;
    this.#closeTag();
    this.#endRun();
    if (this.#names.length === 0) this.#startRoot(declared === ROOT_SCOPE ? [] : scope.prefixes);
    this.#names.push(writtenName);
    this.#use(prefixOf(writtenName));
    if (this.#names.length === 1) this.#rootHead = `<${writtenName}`;
    else this.#rootRest += `<${writtenName}`;
    if (declared !== ROOT_SCOPE) this.#rootRest += declarations(scope.prefixes, scope.uris);
    for (let i = 0; i < attributes.count; i++)
      this.#attribute(attributes.written[i]!.raw, attributes.values[i]!);
    this.#tagOpen = true;
  }

  text(value: string): void {
    if (this.#names.length === 0) {
      this.#xml += escapeText(value);
      return;
    }
    this.#closeTag();
    this.#run += value;
    this.#rootRest += escapeText(value);
  }

  endElement(): void {
    this.#endRun();
    const name = this.#names.pop()!;
    this.#rootRest += this.#tagOpen ? '/>' : `</${name}>`;
    this.#tagOpen = false;
    if (this.#names.length === 0) this.#endRoot();
  }

  #startRoot(own: readonly string[]): void {
    this.#outer = this.#context.outerScope;
    this.#own = own;
    this.#used.clear();
    if (this.#outer.lookup('') !== '') this.#use('');
  }

  #endRoot(): void {
    const prefixes = [...this.#used];
    const uris = prefixes.map((prefix) => this.#outer.lookup(prefix)!);
    this.#xml += this.#rootHead + declarations(prefixes, uris) + this.#rootRest;
    this.#rootHead = '';
    this.#rootRest = '';
  }

  #closeTag(): void {
    if (this.#tagOpen) this.#rootRest += '>';
    this.#tagOpen = false;
  }

  #attribute(name: string, value: string): void {
    this.#use(prefixOf(name));
    this.#usePrefixesIn(value);
    this.#rootRest += ` ${name}="${escapeAttribute(value)}"`;
  }

  #endRun(): void {
    if (this.#run === '') return;
    this.#usePrefixesIn(this.#run);
    this.#run = '';
  }

  #usePrefixesIn(value: string): void {
    if (!value.includes(':')) return;
    for (const [prefix] of value.matchAll(PREFIX_BEFORE_COLON)) this.#use(prefix);
  }

  /** Keeps a prefix if it is one, is bound outside, and not bound anew by the outermost element. */
  #use(prefix: string): void {
    if (prefix === 'xml' || this.#used.has(prefix) || this.#own.includes(prefix)) return;
    const uri = this.#outer.lookup(prefix);
    if (uri !== undefined && uri !== '') this.#used.add(prefix);
  }
}

function prefixOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(':')));
}

function declarations(prefixes: readonly string[], uris: readonly string[]): string {
  const one = (prefix: string, index: number): string =>
    ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uris[index]!)}"`;
  return prefixes.map(one).join('');
}
