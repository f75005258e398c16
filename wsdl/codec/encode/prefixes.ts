import { ANY_TYPE, SOAP12_ENCODING_NAMESPACE, SOAP_ENCODING_NAMESPACE, typeOf } from '../../builtin-types.ts';
import type {
  AttributeUse,
  ComplexType,
  Contract,
  ElementParticle,
  Particle,
  TypeDefinition,
} from '../../contract.ts';
import { isOpenSimpleType } from '../../open-simple-type.ts';
import {
  XML_NAMESPACE,
  XSD_NAMESPACE,
  XSI_NAMESPACE,
  type QName,
  type QNameKey,
  type SoapVersion,
} from '../../qname.ts';
import { isNcName } from '../../xml/characters.ts';
import { escapeAttribute } from '../../xml/escape.ts';
import { ENCODING_NAMESPACE } from './envelope.ts';
import { isPolymorphic } from './polymorphism.ts';
import { onlyElement } from './unwrapped.ts';

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
    [SOAP_ENCODING_NAMESPACE, 'soapenc'],
    [SOAP12_ENCODING_NAMESPACE, 'enc'],
  ]);
  readonly #encoding: SoapVersion | undefined;
  readonly #used = new Map<QNameKey, ReadonlySet<string>>();

  /** @param encoding the SOAP version by whose encoding every element says its type; undefined for literal messages. */
  constructor(contract: Contract, encoding: SoapVersion | undefined) {
    this.#contract = contract;
    this.#encoding = encoding;
    const own = contract.targetNamespace;
    if (own !== '' && !this.#prefixes.has(own)) this.#prefixes.set(own, 'tns');
    for (const element of Object.values(contract.elements)) this.prefixOf(element.name.namespace);
    for (const type of Object.values(contract.types)) for (const uri of namesOf(type)) this.prefixOf(uri);
  }

  /** @param namespace not empty. */
  prefixOf(namespace: string): string {
    const known = this.#prefixes.get(namespace);
    if (known !== undefined) return known;
    const prefix = `n${this.#prefixes.size - 4}`;
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
    if (this.#encoding !== undefined) this.#collectName(type, into);
    if (isOpenSimpleType(type)) into.add(XSI_NAMESPACE);
    if (type.kind === 'simple') return;
    if (type.soapArray) this.#collectArray(type, into);
    if (isPolymorphic(type) || key === ANY_TYPE) into.add(XSI_NAMESPACE);
    for (const uri of type.attributes.map(namespaceOf))
      if (uri !== '' && uri !== XML_NAMESPACE) into.add(uri);
    if (type.content.kind === 'elements') this.#collectParticle(type.content.model, into, seen);
  }

  #collectName({ qname }: TypeDefinition, into: Set<string>): void {
    into.add(XSI_NAMESPACE);
    if (qname && qname.namespace !== '') into.add(qname.namespace);
  }

  /** What the attributes of an array need, and the names of types in them. */
  #collectArray(type: ComplexType, into: Set<string>): void {
    into.add(ENCODING_NAMESPACE[this.#encoding ?? '1.1']).add(XSD_NAMESPACE);
    const items = typeOf(this.#contract, onlyElement(type).type);
    if (items.qname && items.qname.namespace !== '') into.add(items.qname.namespace);
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

const prefixes = new WeakMap<Contract, Map<SoapVersion | undefined, Prefixes>>();

export function prefixesOf(contract: Contract, encoding: SoapVersion | undefined): Prefixes {
  const ofContract = prefixes.get(contract) ?? new Map<SoapVersion | undefined, Prefixes>();
  prefixes.set(contract, ofContract);
  const known = ofContract.get(encoding) ?? new Prefixes(contract, encoding);
  ofContract.set(encoding, known);
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
