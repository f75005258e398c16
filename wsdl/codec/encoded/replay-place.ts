import type { Limits } from '../../limits.ts';
import { NamespaceScope, ROOT_SCOPE } from '../../xml/namespaces.ts';
import { limitExceeded, shownName } from '../../xml/xml-error.ts';
import type { XmlContext } from '../../xml/xml-handler.ts';
import type { EncodedElement } from './body-tree.ts';

interface OpenElement {
  readonly local: string;
  readonly writtenName: string;
  readonly scope: NamespaceScope;
  readonly outerScope: NamespaceScope;
}

/**
 * Stands in for the tokenizer while a kept Body is read again: where the reading stands, and how much it may still bring. What is
 * referred to twice is read twice, so a small message could grow without end.
 */
export class ReplayPlace implements XmlContext {
  readonly #base: string;
  readonly #limits: Limits;
  readonly #open: OpenElement[] = [];
  #elements = 0;
  #characters = 0;

  /** @param base path of the Body. */
  constructor(base: string, limits: Limits) {
    this.#base = base;
    this.#limits = limits;
  }

  get scope(): NamespaceScope {
    return this.#open.at(-1)?.scope ?? ROOT_SCOPE;
  }

  get outerScope(): NamespaceScope {
    return this.#open.at(-1)?.outerScope ?? ROOT_SCOPE;
  }

  get writtenName(): string {
    return this.#open.at(-1)?.writtenName ?? '';
  }

  path(): string {
    return this.#base + this.#open.map(({ local }) => `/${shownName(local)}`).join('');
  }

  /** @param accessor where the value stands. @param target where it is written. @throws XmlError `limit-exceeded` */
  enter(accessor: EncodedElement, target: EncodedElement, scope: NamespaceScope = target.scope): void {
    const isOwn = scope === target.scope && accessor === target;
    this.#push({
      local: accessor.name.local,
      writtenName: accessor.writtenName,
      scope,
      outerScope: isOwn ? target.outerScope : ROOT_SCOPE,
    });
  }

  /** An element that the message leaves out. */
  enterMissing(local: string): void {
    const { scope } = this;
    this.#push({ local, writtenName: local, scope, outerScope: scope });
  }

  leave(): void {
    this.#open.pop();
  }

  /** @throws XmlError `limit-exceeded` */
  spendText({ length }: string): void {
    this.#characters += length;
    const { maxBytes } = this.#limits;
    if (this.#characters > maxBytes) limitExceeded('references expand to too many characters', maxBytes);
  }

  #push(element: OpenElement): void {
    const { maxDepth, maxEncodedElements } = this.#limits;
    this.#elements += 1;
    if (this.#elements > maxEncodedElements)
      limitExceeded('references and arrays expand to too many elements', maxEncodedElements);
    if (this.#open.length >= maxDepth) limitExceeded('references nest elements too deep', maxDepth);
    this.#open.push(element);
  }
}

/** All bindings in force as one scope, for an element that is copied to another place. */
export function wholeScope(scope: NamespaceScope): NamespaceScope {
  const bindings = new Map<string, string>();
  for (let at: NamespaceScope | undefined = scope; at && at !== ROOT_SCOPE; at = at.parent)
    at.prefixes.forEach((prefix, index) => {
      if (!bindings.has(prefix)) bindings.set(prefix, at.uris[index]!);
    });
  return new NamespaceScope(ROOT_SCOPE, [...bindings.keys()], [...bindings.values()]);
}
