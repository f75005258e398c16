import { typeOf } from '../../builtin-types.ts';
import type { AttributeUse, Contract, ElementParticle, Particle, TypeDefinition } from '../../contract.ts';
import { XML_NAMESPACE, XSD_NAMESPACE, XSI_NAMESPACE, type QName, type QNameKey } from '../../qname.ts';
import { isNcName } from '../../xml/characters.ts';
import { escapeAttribute } from '../../xml/escape.ts';
import { isPolymorphic } from './polymorphism.ts';
import { ANY_TYPE } from '../../builtin-types.ts';

/**
 * Prefix of every namespace of a contract, the same in all its messages. There is never a default namespace, so names in
 * no namespace are safe without a prefix.
 */
export class Prefixes {
  readonly #contract: Contract;
  readonly #prefixes = new Map<string, string>([
    [XML_NAMESPACE, 'xml'],
    [XSI_NAMESPACE, 'xsi'],
    [XSD_NAMESPACE, 'xs'],
  ]);
  readonly #used = new Map<QNameKey, ReadonlySet<string>>();

  constructor(contract: Contract) {
    this.#contract = contract;
    if (contract.targetNamespace !== '') this.#prefixes.set(contract.targetNamespace, 'tns');
    for (const element of Object.values(contract.elements)) this.prefixOf(element.name.namespace);
    for (const type of Object.values(contract.types)) for (const uri of namesOf(type)) this.prefixOf(uri);
  }

  /** @param namespace not empty. */
  prefixOf(namespace: string): string {
    const known = this.#prefixes.get(namespace);
    if (known !== undefined) return known;
    const prefix = `n${this.#prefixes.size - 2}`;
    if (namespace !== '') this.#prefixes.set(namespace, prefix);
    return prefix;
  }

  /** The name as it stands in a tag. @throws Error for a name that no XML document can hold. */
  tagName({ namespace, local }: QName): string {
    if (!isNcName(local))
      throw new Error(`Internal: the contract "${this.#contract.name}" has a name that XML does not allow`);
    return namespace === '' ? local : `${this.prefixOf(namespace)}:${local}`;
  }

  /** ` xmlns:p="uri"` for each. */
  declarations(namespaces: Iterable<string>): string {
    return [...namespaces].map((uri) => ` xmlns:${this.prefixOf(uri)}="${escapeAttribute(uri)}"`).join('');
  }

  /** Namespaces that an element of this type may need, those of types that `@type` names excepted. */
  usedByType(key: QNameKey): ReadonlySet<string> {
    const known = this.#used.get(key);
    if (known) return known;
    const namespaces = new Set<string>();
    this.#collectType(key, namespaces, new Set());
    this.#used.set(key, namespaces);
    return namespaces;
  }

  usedByElement(element: ElementParticle): ReadonlySet<string> {
    const own = element.nillable ? [element.name.namespace, XSI_NAMESPACE] : [element.name.namespace];
    return new Set([...own.filter((uri) => uri !== ''), ...this.usedByType(element.type)]);
  }

  #collectType(key: QNameKey, into: Set<string>, seen: Set<QNameKey>): void {
    if (seen.has(key)) return;
    seen.add(key);
    const type = typeOf(this.#contract, key);
    if (type.kind === 'simple') return;
    if (isPolymorphic(type) || key === ANY_TYPE) into.add(XSI_NAMESPACE);
    for (const uri of type.attributes.map(namespaceOf))
      if (uri !== '' && uri !== XML_NAMESPACE) into.add(uri);
    if (type.content.kind === 'elements') this.#collectParticle(type.content.model, into, seen);
  }

  #collectParticle(particle: Particle, into: Set<string>, seen: Set<QNameKey>): void {
    if (particle.kind === 'any' || particle.max === 0) return;
    if (particle.kind !== 'element') {
      for (const child of particle.particles) this.#collectParticle(child, into, seen);
      return;
    }
    if (particle.name.namespace !== '') into.add(particle.name.namespace);
    if (particle.nillable) into.add(XSI_NAMESPACE);
    this.#collectType(particle.type, into, seen);
  }
}

const prefixes = new WeakMap<Contract, Prefixes>();

export function prefixesOf(contract: Contract): Prefixes {
  const known = prefixes.get(contract) ?? new Prefixes(contract);
  prefixes.set(contract, known);
  return known;
}

function namesOf(type: TypeDefinition): string[] {
  const own = type.qname ? [type.qname.namespace] : [];
  if (type.kind === 'simple') return own;
  const elements = type.content.kind === 'elements' ? elementNamespaces(type.content.model) : [];
  return [...own, ...elements, ...type.attributes.map(namespaceOf)].filter((uri) => uri !== '');
}

function elementNamespaces(particle: Particle): string[] {
  if (particle.kind === 'any') return [];
  return particle.kind === 'element'
    ? [particle.name.namespace]
    : particle.particles.flatMap(elementNamespaces);
}

function namespaceOf(attribute: AttributeUse): string {
  return attribute.name.namespace;
}
