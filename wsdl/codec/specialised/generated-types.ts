import { typeOf } from '../../builtin-types.ts';
import type { ComplexType, Contract } from '../../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE, type QNameKey } from '../../qname.ts';
import { ContractTypes } from '../decode/contract-types.ts';
import type { CopyValue } from './copied-type.ts';
import { isEncodingName } from '../encoded/encoding-attributes.ts';
import { onlyElement } from '../encode/unwrapped.ts';
import { TooMuchSource } from './decoder-source.ts';
import { emptyMembers, generateType } from './generate-type.ts';
import type { GeneratedType } from './generation.ts';
import { surprise } from './surprise.ts';
import type { ComplexContent, ReadContent } from './tagged-element.ts';
import type { XmlBindings } from './xml-bindings.ts';

const ENVELOPE_NAMESPACES: ReadonlySet<string> = new Set(Object.values(SOAP_ENVELOPE_NAMESPACE));

/** Sets of bindings whose types the messages of a contract share; those with others have types of their own. */
const MOST_SHARED = 64;

const shared = new WeakMap<Contract, Map<string, GeneratedTypes>>();

/**
 * The types of a contract as generated code reads them under certain bindings. The code of each is made when a message first
 * has a value of it: of a contract with thousands of types, what is used costs.
 */
export class GeneratedTypes {
  readonly contract: Contract;
  readonly types: ContractTypes;
  readonly bindings: XmlBindings;
  readonly encoded: boolean;
  /** Functions that copy values that are one of a few, by type and end. */
  readonly values: Map<string, CopyValue> = new Map<string, CopyValue>();
  readonly #types = new Map<QNameKey, GeneratedType | undefined>();

  private constructor(contract: Contract, bindings: XmlBindings, encoded: boolean) {
    this.contract = contract;
    this.types = ContractTypes.of(contract);
    this.bindings = bindings;
    this.encoded = encoded;
  }

  /** @param encoded for messages of SOAP encoding. */
  static of(contract: Contract, bindings: XmlBindings, encoded: boolean): GeneratedTypes {
    const all = shared.get(contract) ?? new Map<string, GeneratedTypes>();
    shared.set(contract, all);
    const key = `${encoded ? 'encoded' : 'literal'} ${bindings.key}`;
    const types = all.get(key) ?? new GeneratedTypes(contract, bindings, encoded);
    if (all.size < MOST_SHARED) all.set(key, types);
    return types;
  }

  /** @returns undefined for a type that only the general decoder reads. */
  find(key: QNameKey): GeneratedType | undefined {
    if (this.#types.has(key)) return this.#types.get(key);
    const definition = typeOf(this.contract, key);
    const type = definition.kind === 'complex' ? this.#declare(definition) : undefined;
    this.#types.set(key, type);
    return type;
  }

  #declare(definition: ComplexType): GeneratedType | undefined {
    const compiled = this.types.compile(definition.key);
    if (compiled.kind !== 'complex' || isGeneral(definition, this.encoded)) return undefined;
    const content: ComplexContent = {
      kind: 'complex',
      typeKey: definition.key,
      typeName: `"@type":${JSON.stringify(definition.name)}`,
      isAbstract: definition.abstract,
      isUnwrapped: definition.unwrapped,
      attributes: compiled.attributes,
      required: compiled.required.length,
      emptyMembers: emptyMembers(this.contract, definition),
      otherItems: definition.soapArray && this.#otherItems(definition),
      members: (state, from) => this.#generate(definition, content).members(state, from),
      attributesInPlace: (state, from) => this.#generate(definition, content).attributesInPlace(state, from),
    };
    return { definition, content };
  }

  #otherItems(array: ComplexType): ReadonlySet<string> {
    const item = typeOf(this.contract, onlyElement(array).type);
    const all = item.kind === 'complex' ? item.substitutes : [];
    return new Set(all.filter((key) => key !== item.key));
  }

  #generate(definition: ComplexType, content: ComplexContent): ComplexContent {
    try {
      Object.assign(content, generateType(this, definition));
    } catch (error) {
      if (!(error instanceof TooMuchSource)) throw error;
      content.members = content.attributesInPlace = NEVER;
    }
    return content;
  }
}

const NEVER: ReadContent = (state, from) => surprise(state, from);

/**
 * Types that keep raw XML, or have attributes of their own that SOAP or its encoding allows anywhere; arrays of SOAP encoding
 * in literal messages, and with several dimensions.
 */
function isGeneral({ content, attributes, soapArray }: ComplexType, encoded: boolean): boolean {
  if (content.kind === 'mixed') return true;
  if (soapArray !== undefined && (!encoded || soapArray.dimensions > 1)) return true;
  return attributes.some(
    ({ name }) =>
      ENVELOPE_NAMESPACES.has(name.namespace) || (encoded && isEncodingName({ ...name, key: '' })),
  );
}
