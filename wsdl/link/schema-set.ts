import type { DiagnosticCode } from '../diagnostic.ts';
import { defaultLimits } from '../limits.ts';
import {
  XML_NAMESPACE,
  XSD_NAMESPACE,
  parseQNameKey,
  qnameKey,
  type QName,
  type QNameKey,
} from '../qname.ts';
import type { Findings } from '../parse/findings.ts';
import { parseSchema } from '../parse/parse-schema.ts';
import { parseXml } from '../parse/parse-xml.ts';
import {
  redefinedName,
  type AttributeGroupNode,
  type AttributeNode,
  type ComplexTypeNode,
  type ComponentNode,
  type ElementNode,
  type GroupDefinitionNode,
  type NameReference,
  type SimpleTypeNode,
} from '../parse/schema-nodes.ts';
import { SourceText } from '../parse/source-text.ts';
import { builtinTypes } from '../builtin-types.ts';
import { BUILTIN_SCHEMAS } from './builtin-schemas.ts';
import { didYouMean } from '../suggestion.ts';

/** The symbol spaces of XML Schema: names in one do not clash with those in another (XSD 1.0 Part 1, 2.5). */
interface Spaces {
  readonly type: SimpleTypeNode | ComplexTypeNode;
  readonly element: ElementNode;
  readonly attribute: AttributeNode;
  readonly group: GroupDefinitionNode;
  readonly 'attribute-group': AttributeGroupNode;
}

export type Space = keyof Spaces;

const UNKNOWN: Readonly<Record<Space, DiagnosticCode>> = {
  type: 'XSD_UNKNOWN_TYPE',
  element: 'XSD_UNKNOWN_ELEMENT',
  attribute: 'XSD_UNKNOWN_ATTRIBUTE',
  group: 'XSD_UNKNOWN_GROUP',
  'attribute-group': 'XSD_UNKNOWN_GROUP',
};

/** What lenient mode takes a component that is not there for. */
const TAKEN: Readonly<Record<Space, string>> = {
  type: 'as content of any kind',
  element: 'as an element with content of any kind',
  attribute: 'as an attribute with any value',
  group: 'as any elements',
  'attribute-group': 'as any attributes',
};

/** Searching for near names is slow in a large contract, and past some mistakes nobody reads on. */
const MOST_HINTS = 50;

/** All global components of a contract's schemas, by name. */
export class SchemaSet {
  readonly #tables: { readonly [S in Space]: Map<QNameKey, Spaces[S]> };
  readonly #findings: Findings;
  readonly #namespaces = new Set<string>();
  readonly #builtIn = new Set<string>();
  #hintsLeft = MOST_HINTS;

  constructor(findings: Findings) {
    this.#findings = findings;
    this.#tables = {
      type: new Map(),
      element: new Map(),
      attribute: new Map(),
      group: new Map(),
      'attribute-group': new Map(),
    };
  }

  add(component: ComponentNode): void {
    const name = component.name!;
    const table = this.#table(component);
    const key = qnameKey(name.namespace, name.local);
    const first = table.get(key);
    this.#namespaces.add(name.namespace);
    if (!first) table.set(key, component);
    else this.#reportDuplicate(component, first);
  }

  /** Puts a component in the place of the one that it redefines, which stays in reach by its `redefinedName`. */
  redefine(component: ComponentNode, layer: number): void {
    const name = component.name!;
    const table = this.#table(component);
    const key = qnameKey(name.namespace, name.local);
    const original = table.get(key);
    if (!original)
      this.#findings.tolerate(
        'XSD_INVALID',
        component.source,
        `There is no "${name.local}" to redefine. Correct the name.`,
        'as a definition of its own',
      );
    else {
      const redefined = redefinedName(name, layer);
      table.set(qnameKey(redefined.namespace, redefined.local), { ...original, name: redefined });
    }
    table.set(key, component);
  }

  all<S extends Space>(space: S): IterableIterator<Spaces[S]> {
    return this.#tables[space].values();
  }

  get<S extends Space>(space: S, { namespace, local }: QName): Spaces[S] | undefined {
    const table = this.#tables[space];
    const key = qnameKey(namespace, local);
    const found = table.get(key);
    if (found || !BUILTIN_SCHEMAS.has(namespace)) return found;
    // Of the xml: attributes a document of the contract's may lack some that XML has all the same.
    if (this.#namespaces.has(namespace) && namespace !== XML_NAMESPACE) return undefined;
    this.#addBuiltIn(namespace);
    return table.get(key);
  }

  /** Reports what is not found. */
  find<S extends Space>(
    space: S,
    reference: NameReference,
    code: DiagnosticCode = UNKNOWN[space],
  ): Spaces[S] | undefined {
    const found = this.get(space, reference.name);
    if (!found) this.#reportUnknown(space, reference, code);
    return found;
  }

  #addBuiltIn(namespace: string): void {
    if (this.#builtIn.has(namespace)) return;
    this.#builtIn.add(namespace);
    const root = parseXml(
      new SourceText(namespace, BUILTIN_SCHEMAS.get(namespace)!),
      defaultLimits,
      this.#findings,
    );
    if (!root) return;
    for (const component of parseSchema(root, undefined, this.#findings).components) {
      const { namespace: space, local } = component.name!;
      if (!this.#table(component).has(qnameKey(space, local))) this.add(component);
    }
  }

  #table(component: ComponentNode): Map<QNameKey, ComponentNode> {
    const { kind } = component;
    const space = kind === 'simple-type' || kind === 'complex-type' ? 'type' : kind;
    // Each space takes the kinds of component that belong to it.
    return this.#tables[space];
  }

  /** The same document reached by two ways is common and harmless. */
  #reportDuplicate(second: ComponentNode, first: ComponentNode): void {
    const place = first.source.location;
    if (isSameSource(second, first)) return;
    const message = `"${second.name!.local}" is declared twice; the one at ${place.uri}:${place.line} counts. Remove or rename one.`;
    if (second.source.location.uri === place.uri)
      this.#findings.tolerate('XSD_DUPLICATE', second.source, message, 'as if it were not there');
    else this.#findings.warn('XSD_DUPLICATE', second.source, message);
  }

  #reportUnknown(space: Space, { name, written, source }: NameReference, code: DiagnosticCode): void {
    const noun = space.replace('-', ' ');
    const candidates = this.#hintsLeft-- > 0 ? this.#candidates(space, name.namespace) : [name.local];
    const hint =
      candidates.length > 0 ? didYouMean(name.local, candidates) : this.#otherNamespace(space, name);
    const prefix = written.includes(':') ? written.slice(0, written.indexOf(':') + 1) : '';
    const where = name.namespace === '' ? 'without a namespace' : `in the namespace "${name.namespace}"`;
    const advice = hint
      ? hint.replace('mean "', `mean "${prefix}`)
      : this.#namespaces.has(name.namespace) || name.namespace === XSD_NAMESPACE
        ? ' Correct the name.'
        : ' No schema for it was loaded: add an import with a location.';
    const message = `There is no ${noun} "${written}" ${where}.${advice}`;
    this.#findings.tolerate(code, source, message, TAKEN[space]);
  }

  #candidates(space: Space, namespace: string): string[] {
    const own = [...this.#tables[space].values()].flatMap(({ name }) =>
      name?.namespace === namespace ? [name.local] : [],
    );
    const builtIn =
      space === 'type' && namespace === XSD_NAMESPACE
        ? builtinTypes().map(({ key }) => parseQNameKey(key))
        : [];
    return [...own, ...builtIn.flatMap((type) => (type.namespace === namespace ? [type.local] : []))];
  }

  #otherNamespace(space: Space, { local }: QName): string {
    const same = [...this.#tables[space].values()].find(({ name }) => name?.local === local);
    return same ? ` There is one in the namespace "${same.name!.namespace}": use its prefix.` : '';
  }
}

function isSameSource(second: ComponentNode, first: ComponentNode): boolean {
  return second.source === first.source || second.source.equals(first.source);
}
