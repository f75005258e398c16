import { ByteTable } from './byte-table.ts';
import { qnameKey, XML_NAMESPACE, XMLNS_NAMESPACE, XSI_NAMESPACE, type QNameKey } from '../../qname.ts';

/** A prefix bound to a namespace. */
export type Binding = readonly [prefix: string, uri: string];

/** Bits that a number has room for, but for one. */
const MOST_INNER = 30;

/** Names of types that are remembered. */
const MOST_NAMES = 1_000;

interface KnownName {
  readonly bit: number;
  readonly key: QNameKey;
}

/** Set in the scope where a prefix is declared that was not expected at all. */
export const STRANGE_PREFIX: number = 1 << MOST_INNER;

/**
 * The namespace bindings that a generated decoder is made for. `outer` ones are in force in the whole payload. `inner`
 * ones are declared by elements in it: they are expected, and a bit says whether one is in force.
 */
export class XmlBindings {
  static readonly NONE: XmlBindings = new XmlBindings([], []);
  readonly outer: ReadonlyMap<string, string>;
  readonly inner: ReadonlyMap<string, { readonly uri: string; readonly bit: number }>;
  /** How a tag begins behind its name that names its type first; undefined if no prefix for that is always in force. */
  readonly typeAttribute: Uint8Array | undefined;
  /** Bits by the declarations expected in the payload, as most senders write them: ` xmlns:p="urn:x"`. 0 for one that is in force anyway. */
  readonly declarations: ByteTable<number> = new ByteTable<number>();
  readonly #prefixes = new Map<string, string>();
  readonly #names = new ByteTable<KnownName>();

  /** @param inner a prefix that is bound twice, here or outside, is left out: what it means changes in the message. */
  constructor(outer: readonly Binding[], inner: readonly Binding[]) {
    this.outer = new Map(outer);
    const free = inner.filter(([prefix]) => !this.outer.has(prefix) && prefix !== 'xml');
    const clear = free.filter(([prefix, uri]) =>
      free.every((other) => other[0] !== prefix || other[1] === uri),
    );
    const entries = [...new Map(clear)].slice(0, MOST_INNER);
    this.inner = new Map(entries.map(([prefix, uri], index) => [prefix, { uri, bit: 1 << index }]));
    for (const [prefix, uri] of [...this.outer, ...entries]) {
      if (!this.#prefixes.has(uri)) this.#prefixes.set(uri, prefix);
      if (prefix !== '' && !/[&<"]/.test(uri))
        this.declarations.add(Buffer.from(` xmlns:${prefix}="${uri}"`), this.bitOf(prefix));
    }
    const xsi = this.#prefixes.get(XSI_NAMESPACE);
    const isAlways = xsi !== undefined && xsi !== '' && !this.inner.has(xsi);
    this.typeAttribute = isAlways ? Buffer.from(` ${xsi}:type="`) : undefined;
  }

  /** Names the bindings: two with the same key are the same. */
  get key(): string {
    const inner = [...this.inner].map(([prefix, { uri }]) => [prefix, uri]);
    return JSON.stringify([[...this.outer], inner]);
  }

  /** The prefix under which elements of a namespace are expected; undefined if none is bound to it. */
  prefixOf(namespace: string): string | undefined {
    if (namespace !== '') return this.#prefixes.get(namespace);
    return (this.outer.get('') ?? '') === '' && !this.inner.has('') ? '' : undefined;
  }

  /** The bit that must be set where the prefix is used; 0 if it is always in force. */
  bitOf(prefix: string): number {
    return this.inner.get(prefix)?.bit ?? 0;
  }

  /** @returns undefined where the prefix is not bound, or not known to be. */
  resolve(prefix: string, scope: number): string | undefined {
    if (prefix === 'xml') return XML_NAMESPACE;
    const inner = this.inner.get(prefix);
    if (inner !== undefined && (inner.bit & scope) !== 0) return inner.uri;
    return this.outer.get(prefix);
  }

  /**
   * A declaration in the payload. @returns the bits that it sets, or undefined if it binds a prefix otherwise than expected.
   * No name is expected with a prefix that is not known, but a text may mention it.
   */
  declare(prefix: string, uri: string): number | undefined {
    const inner = this.inner.get(prefix);
    if (inner !== undefined) return inner.uri === uri ? inner.bit : undefined;
    const outer = this.outer.get(prefix);
    if (outer !== undefined) return outer === uri ? 0 : undefined;
    const isLegal = prefix !== 'xml' && prefix !== 'xmlns' && prefix !== '' && uri !== '';
    return isLegal && uri !== XML_NAMESPACE && uri !== XMLNS_NAMESPACE ? STRANGE_PREFIX : undefined;
  }

  /** Key of a type as a message names it, `p:Name`, in the bytes given. @returns undefined where the prefix is not bound, or not known to be. */
  typeKey(bytes: Buffer, from: number, end: number, scope: number): QNameKey | undefined {
    const known = this.#names.find(bytes, from, end);
    if (known !== undefined) return (known.bit & scope) === known.bit ? known.key : undefined;
    const written = bytes.toString('utf8', from, end);
    const colon = written.indexOf(':');
    const prefix = written.slice(0, Math.max(0, colon));
    const namespace = this.resolve(prefix, scope);
    if (namespace === undefined) return undefined;
    const key = qnameKey(namespace, written.slice(colon + 1));
    const isFixed = this.outer.get(prefix) === namespace || this.inner.has(prefix);
    if (isFixed && this.#names.size < MOST_NAMES)
      this.#names.add(Uint8Array.from(bytes.subarray(from, end)), { bit: this.bitOf(prefix), key });
    return key;
  }

  /** Every binding in force. */
  inForce(scope: number): Binding[] {
    const inner = [...this.inner].filter(([, { bit }]) => (bit & scope) !== 0);
    return [...this.outer, ...inner.map(([prefix, { uri }]): Binding => [prefix, uri])];
  }
}
