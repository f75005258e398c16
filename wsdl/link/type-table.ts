import { ANY_SIMPLE_TYPE, ANY_TYPE, builtinType, isBuiltinType } from '../builtin-types.ts';
import type { SimpleType, TypeDefinition } from '../contract.ts';
import type { DiagnosticCode } from '../diagnostic.ts';
import { XSD_NAMESPACE, qnameKey, type QName, type QNameKey } from '../qname.ts';
import type { Findings } from '../parse/findings.ts';
import { OLD_TYPE_NAMES } from '../parse/old-namespaces.ts';
import {
  writtenName,
  type ComplexTypeNode,
  type NameReference,
  type SimpleTypeNode,
  type TypeUse,
} from '../parse/schema-nodes.ts';
import { LinkLimit } from './link-limit.ts';
import type { SchemaSet } from './schema-set.ts';
import { TypeNames } from './type-names.ts';

type TypeNode = SimpleTypeNode | ComplexTypeNode;

export interface TypeIdentity {
  readonly key: QNameKey;
  readonly name: string;
  readonly qname?: QName;
}

/** Where an anonymous type stands: `path` becomes its key, `label` its name. */
export interface Owner {
  readonly path: string;
  readonly label: string;
}

type LinkType = (node: TypeNode, identity: TypeIdentity) => TypeDefinition;

/**
 * All types of a contract. A key is given out before its type is linked, so elements may refer in circles; only base,
 * item and member types are linked at once, and must not.
 */
export class TypeTable {
  readonly #schemas: SchemaSet;
  readonly #findings: Findings;
  readonly #link: LinkType;
  readonly #maxDepth: number;
  readonly #names = new TypeNames();
  readonly #nodes = new Map<QNameKey, { readonly node: TypeNode; readonly identity: TypeIdentity }>();
  readonly #anonymousKeys = new Map<TypeNode, QNameKey>();
  readonly #defined = new Map<QNameKey, TypeDefinition>();
  readonly #linking = new Set<QNameKey>();
  readonly #depths = new Map<QNameKey, number>();

  constructor(schemas: SchemaSet, findings: Findings, maxDepth: number, link: LinkType) {
    this.#schemas = schemas;
    this.#findings = findings;
    this.#maxDepth = maxDepth;
    this.#link = link;
    for (const node of schemas.all('type')) this.#addNamed(node);
  }

  /** The key of the type used; anyType, with a finding, for a name that is not known. */
  keyOf(use: TypeUse | undefined, owner: Owner, code: DiagnosticCode = 'XSD_UNKNOWN_TYPE'): QNameKey {
    if (!use) return ANY_TYPE;
    return 'written' in use ? this.#keyOfReference(use, code) : this.#keyOfAnonymous(use, owner);
  }

  /** As `keyOf`, where only a simple type may stand. */
  simpleKeyOf(use: TypeUse | undefined, owner: Owner): QNameKey {
    if (!use) return ANY_SIMPLE_TYPE;
    const key = this.keyOf(use, owner);
    if (this.#isSimple(key)) return key;
    const isUnknown =
      key === ANY_TYPE && 'written' in use && !isBuiltinType(qnameKey(use.name.namespace, use.name.local));
    if (!isUnknown)
      this.#findings.tolerate(
        'XSD_INVALID',
        use.source,
        `A simple type is needed here; ${'written' in use ? `"${use.written}"` : 'this'} is complex.`,
        'as text',
      );
    return ANY_SIMPLE_TYPE;
  }

  /** @returns undefined, with a finding, for a type that is derived from or made of itself. */
  definition(key: QNameKey): TypeDefinition | undefined {
    const known = builtinType(key) ?? this.#defined.get(key);
    if (known) return known;
    const entry = this.#nodes.get(key);
    if (!entry) return undefined;
    if (this.#linking.has(key)) {
      this.#findings.tolerate(
        'XSD_CIRCULAR',
        entry.node.source,
        `The type "${entry.identity.name}" is derived from itself. Correct its base.`,
        'as derived from any type',
      );
      return undefined;
    }
    return this.#define(entry.node, entry.identity);
  }

  simpleDefinition(key: QNameKey): SimpleType | undefined {
    const type = this.definition(key);
    return type?.kind === 'simple' ? type : undefined;
  }

  /** Adds a type that the schema implies but does not write. */
  define<T extends TypeDefinition>(owner: Owner, create: (identity: TypeIdentity) => T): T {
    const type = create({
      key: this.#names.anonymousKey(owner.path),
      name: this.#names.anonymous(owner.label),
    });
    this.#defined.set(type.key, type);
    return type;
  }

  /** Makes a type part of the contract that nothing in it refers to. */
  include(name: QName): void {
    const node = this.#schemas.get('type', name);
    if (node && !this.#nodes.has(qnameKey(name.namespace, name.local))) this.#addNamed(node);
  }

  /** Links what is not linked yet; a Map's iteration also reaches the types found on the way. */
  linkAll(): ReadonlyMap<QNameKey, TypeDefinition> {
    for (const key of this.#nodes.keys()) this.definition(key);
    return this.#defined;
  }

  /** Whether there is a complex type of that name, built-in ones aside; nothing is reported if not. */
  isComplex(key: QNameKey): boolean {
    return this.#defined.get(key)?.kind === 'complex' || this.#nodes.get(key)?.node.kind === 'complex-type';
  }

  nodeOf(key: QNameKey): TypeNode | undefined {
    return this.#nodes.get(key)?.node;
  }

  #define(node: TypeNode, identity: TypeIdentity): TypeDefinition {
    this.#linking.add(identity.key);
    if (this.#linking.size > this.#maxDepth) throw this.#tooDeep(node);
    const type = this.#link(node, identity);
    this.#linking.delete(identity.key);
    const depth = 1 + (this.#depths.get(type.base ?? '') ?? 0);
    if (depth > this.#maxDepth) throw this.#tooDeep(node);
    this.#depths.set(identity.key, depth);
    this.#defined.set(identity.key, type);
    return type;
  }

  #tooDeep({ source }: TypeNode): LinkLimit {
    return new LinkLimit(
      `Types are derived from each other more than ${this.#maxDepth} deep. Raise the limit if the schema is trusted.`,
      source,
    );
  }

  #keyOfReference(reference: NameReference, code: DiagnosticCode): QNameKey {
    const key = currentKey(reference.name);
    if (isBuiltinType(key)) return key;
    const node = this.#schemas.find('type', reference, code);
    if (!node) return ANY_TYPE;
    if (!this.#nodes.has(key)) this.#addNamed(node);
    return key;
  }

  #keyOfAnonymous(node: TypeNode, owner: Owner): QNameKey {
    const known = this.#anonymousKeys.get(node);
    if (known !== undefined) return known;
    const identity = { key: this.#names.anonymousKey(owner.path), name: this.#names.anonymous(owner.label) };
    this.#anonymousKeys.set(node, identity.key);
    this.#nodes.set(identity.key, { node, identity });
    return identity.key;
  }

  #addNamed(node: TypeNode): void {
    const { namespace, local } = node.name!;
    const key = qnameKey(namespace, local);
    const name = this.#names.named(writtenName(local));
    // What is redefined can no longer be named from outside (XSD 1.0 Part 1, 4.2.2).
    const identity =
      writtenName(local) !== local ? { key, name } : { key, name, qname: { namespace, local } };
    this.#nodes.set(key, { node, identity });
  }

  #isSimple(key: QNameKey): boolean {
    return (
      (builtinType(key)?.kind ?? this.#defined.get(key)?.kind) === 'simple' ||
      this.#nodes.get(key)?.node.kind === 'simple-type'
    );
  }
}

function currentKey({ namespace, local }: QName): QNameKey {
  const isOld = namespace === XSD_NAMESPACE && Object.hasOwn(OLD_TYPE_NAMES, local);
  return qnameKey(namespace, isOld ? OLD_TYPE_NAMES[local]! : local);
}
