import { ANY_TYPE, builtinType, typeOf } from '../../builtin-types.ts';
import type {
  AttributeUse,
  AttributeWildcard,
  ComplexType,
  Contract,
  ElementParticle,
  GroupParticle,
  SimpleType,
} from '../../contract.ts';
import { qnameKey } from '../../qname.ts';
import { NameTable } from '../../xml/names.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import type { SimpleCodec } from '../simple/simple-codec.ts';
import { ModelGroup } from './content-model.ts';
import { ElementSlot } from './element-slot.ts';
import { memberText } from './json-writer.ts';

export type CompiledType = CompiledSimpleType | CompiledComplexType;

export interface CompiledSimpleType {
  readonly kind: 'simple';
  readonly definition: SimpleType;
  readonly codec: SimpleCodec;
}

export interface CompiledComplexType {
  readonly kind: 'complex';
  readonly definition: ComplexType;
  readonly content: CompiledContent;
  readonly attributes: ReadonlyMap<string, CompiledAttribute>;
  readonly required: readonly CompiledAttribute[];
  readonly anyAttribute: AttributeWildcard | undefined;
}

export type CompiledContent =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'simple';
      readonly codec: SimpleCodec;
      readonly member: string;
      readonly default: string | undefined;
      readonly fixed: string | undefined;
    }
  | { readonly kind: 'elements'; readonly root: ModelGroup }
  /** `root`: what raw XML is checked against. */
  | { readonly kind: 'mixed'; readonly member: string; readonly root: ModelGroup };

export interface CompiledAttribute {
  readonly use: AttributeUse;
  readonly key: string;
  readonly codec: SimpleCodec;
  readonly member: string;
}

/** The content of xs:anyType (XSD 1.0 Part 1, 3.4.7). */
const ANYTHING: GroupParticle = {
  kind: 'sequence',
  min: 1,
  max: 1,
  particles: [
    {
      kind: 'any',
      min: 0,
      max: 'unbounded',
      jsonName: '@any',
      namespaces: { kind: 'any' },
      processContents: 'lax',
    },
  ],
};

const TEXT_ONLY: GroupParticle = { kind: 'sequence', min: 1, max: 1, particles: [] };

const compiled = new WeakMap<Contract, ContractTypes>();

/** The types of a contract as the decoder needs them, each compiled when first met and shared by all its operations. */
export class ContractTypes {
  readonly contract: Contract;
  readonly names: NameTable = new NameTable();
  readonly #types = new Map<string, CompiledType>();
  readonly #elements = new Map<string, ElementSlot>();
  readonly #attributes = new Map<string, CompiledAttribute>();
  #anyElement: ElementSlot | undefined;

  private constructor(contract: Contract) {
    this.contract = contract;
  }

  static of(contract: Contract): ContractTypes {
    const known = compiled.get(contract);
    if (known) return known;
    const types = new ContractTypes(contract);
    compiled.set(contract, types);
    return types;
  }

  compile(key: string): CompiledType {
    const known = this.#types.get(key);
    if (known) return known;
    const definition = typeOf(this.contract, key);
    const type =
      definition.kind === 'simple'
        ? { kind: definition.kind, definition, codec: compileSimpleType(this.contract, key) }
        : this.#compileComplex(definition);
    this.#types.set(key, type);
    return type;
  }

  /** @returns undefined if the contract has no such type. */
  find(key: string): CompiledType | undefined {
    const exists = builtinType(key) !== undefined || Object.hasOwn(this.contract.types, key);
    return exists ? this.compile(key) : undefined;
  }

  /** An element that nothing declares, of any type. */
  get anyElement(): ElementSlot {
    return (this.#anyElement ??= this.slot({
      kind: 'element',
      min: 1,
      max: 1,
      name: { namespace: '', local: '' },
      jsonName: '',
      type: ANY_TYPE,
      nillable: true,
    }));
  }

  /** The global declaration of an element. @returns undefined if the contract has none. */
  globalElement(key: string): ElementSlot | undefined {
    const known = this.#elements.get(key);
    if (known || !Object.hasOwn(this.contract.elements, key)) return known;
    const slot = this.slot(this.contract.elements[key]!);
    this.#elements.set(key, slot);
    return slot;
  }

  /** The global declaration of an attribute. @returns undefined if the contract has none. */
  globalAttribute(key: string): CompiledAttribute | undefined {
    const known = this.#attributes.get(key);
    if (known || !Object.hasOwn(this.contract.attributes, key)) return known;
    const attribute = this.#compileAttribute(this.contract.attributes[key]!);
    this.#attributes.set(key, attribute);
    return attribute;
  }

  slot(particle: ElementParticle): ElementSlot {
    const key = this.names.knownKey(qnameKey(particle.name.namespace, particle.name.local));
    return new ElementSlot(particle, key, this);
  }

  model(particle: GroupParticle): ModelGroup {
    return new ModelGroup(particle, { parent: undefined, index: 0 }, (element) => this.slot(element));
  }

  /** xs:anyType and what extends it: the extension stands behind anything at all, which nothing tells apart. */
  #admitsAnything({ key, base, derivation }: ComplexType): boolean {
    if (key === ANY_TYPE) return true;
    if (base === undefined || derivation !== 'extension') return false;
    const definition = typeOf(this.contract, base);
    return definition.kind === 'complex' && this.#admitsAnything(definition);
  }

  #compileComplex(definition: ComplexType): CompiledComplexType {
    const attributes = definition.attributes.map((use) => this.#compileAttribute(use));
    return {
      kind: 'complex',
      definition,
      content: this.#compileContent(definition),
      attributes: new Map(attributes.map((attribute) => [attribute.key, attribute])),
      required: attributes.filter(({ use }) => use.required),
      anyAttribute: definition.anyAttribute,
    };
  }

  #compileAttribute(use: AttributeUse): CompiledAttribute {
    const key = this.names.knownKey(qnameKey(use.name.namespace, use.name.local));
    return { use, key, codec: compileSimpleType(this.contract, use.type), member: memberText(use.jsonName) };
  }

  #compileContent(type: ComplexType): CompiledContent {
    const { content } = type;
    switch (content.kind) {
      case 'empty':
        return content;
      case 'simple': {
        const member = memberText(content.jsonName);
        const { default: absent = content.fixed, fixed } = content;
        return {
          kind: 'simple',
          codec: compileSimpleType(this.contract, content.type),
          member,
          default: absent,
          fixed,
        };
      }
      case 'elements':
        return { kind: 'elements', root: this.model(content.model) };
      case 'mixed':
        return {
          kind: 'mixed',
          member: memberText(content.jsonName),
          root: this.model(this.#admitsAnything(type) ? ANYTHING : (content.model ?? TEXT_ONLY)),
        };
    }
  }
}
