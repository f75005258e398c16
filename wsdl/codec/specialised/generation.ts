import type { ComplexType, Contract, MaxOccurs } from '../../contract.ts';
import type { QName, QNameKey } from '../../qname.ts';
import type { ContractTypes } from '../decode/contract-types.ts';
import type { CopyValue } from './copied-type.ts';
import type { DecoderSource, FunctionSource } from './decoder-source.ts';
import type { ComplexContent } from './tagged-element.ts';
import type { XmlBindings } from './xml-bindings.ts';

/** A complex type that generated code reads. Its own code is made when it is first used: it is reached through `content`. */
export interface GeneratedType {
  readonly definition: ComplexType;
  readonly content: ComplexContent;
}

/** What the functions that generate one unit of code share. */
export interface Generation {
  readonly contract: Contract;
  readonly types: ContractTypes;
  readonly bindings: XmlBindings;
  /** By the rules of SOAP encoding, as far as nothing refers to anything. */
  readonly encoded: boolean;
  readonly decoder: DecoderSource;
  /** @returns undefined for a type that only the general decoder reads. */
  complexType(key: QNameKey): GeneratedType | undefined;
  /** Adds a function; `fill` writes its body. @returns its name. */
  addFunction(fill: (into: FunctionSource) => void): string;
  /** Expression that copies a value at `p` up to `end`, or undefined where there is none. */
  copyOf(key: QNameKey, end: ValueEnd): string | undefined;
  /** The same as a function. */
  copyValue(key: QNameKey, end: ValueEnd): CopyValue | undefined;
}

/** The byte behind a value: `<` of the end tag, or the quote of an attribute. */
export type ValueEnd = '<' | '"';

/** The name as it is expected in a tag; undefined if no prefix is bound to its namespace. */
export function tagName({ bindings }: Generation, { namespace, local }: QName): string | undefined {
  const prefix = bindings.prefixOf(namespace);
  if (prefix === undefined) return undefined;
  return prefix === '' ? local : `${prefix}:${local}`;
}

export function isRepeating(max: MaxOccurs): boolean {
  return max === 'unbounded' || max > 1;
}
