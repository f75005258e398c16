import type { ComplexType, Contract, MaxOccurs } from '../../contract.ts';
import type { QName, QNameKey } from '../../qname.ts';
import type { ContractTypes } from '../decode/contract-types.ts';
import type { DecoderSource, FunctionSource } from './decoder-source.ts';
import type { ComplexContent } from './tagged-element.ts';
import type { TextRule } from './text-rule.ts';
import type { XmlBindings } from './xml-bindings.ts';

/** A complex type that the generated code reads. */
export interface GeneratedType {
  readonly definition: ComplexType;
  readonly content: ComplexContent;
  /** Name of the function that reads its members. */
  readonly members: string;
  /** Name of the function that reads its attributes as most senders write them. */
  readonly attributes: string | undefined;
}

/** What the generating functions share. */
export interface Generation {
  readonly contract: Contract;
  readonly types: ContractTypes;
  readonly bindings: XmlBindings;
  readonly decoder: DecoderSource;
  /** @returns undefined for a type that only the general decoder reads. */
  complexType(key: QNameKey): GeneratedType | undefined;
  /** Adds a function; `fill` writes its body. @returns its name. */
  addFunction(fill: (into: FunctionSource) => void): string;
  /** Expression that copies a value at `p`, or undefined where there is none but by way of `rule`. */
  copyOf(key: QNameKey, rule: TextRule): string | undefined;
  /** Name of a function that copies an attribute value that is one of a few; undefined if there are no such. */
  attributeValues(key: QNameKey): string | undefined;
}

/** The name as it is expected in a tag; undefined if no prefix is bound to its namespace. */
export function tagName({ bindings }: Generation, { namespace, local }: QName): string | undefined {
  const prefix = bindings.prefixOf(namespace);
  if (prefix === undefined) return undefined;
  return prefix === '' ? local : `${prefix}:${local}`;
}

export function isRepeating(max: MaxOccurs): boolean {
  return max === 'unbounded' || max > 1;
}
