import { compileSimpleType } from '../../../wsdl/codec/simple/compile-simple-type.ts';
import { SimpleFault } from '../../../wsdl/codec/simple/simple-codec.ts';
import type { Contract, JsonValue, TypeDefinition } from '../../../wsdl/index.ts';
import { contractOf } from '../encode/contracts.ts';

const PREFIXES: Readonly<Record<string, string>> = { '': '', t: 'urn:example', d: 'urn:other' };

/** A contract that holds only types. */
export function contractWith(
  types: readonly TypeDefinition[],
  numbers: Contract['numbers'] = 'string',
): Contract {
  return contractOf({
    types,
    numbers,
    body: { kind: 'elements', use: 'literal', members: [], shape: 'members' },
  });
}

const EMPTY: Readonly<Record<Contract['numbers'], Contract>> = {
  string: contractWith([]),
  number: contractWith([], 'number'),
};

export function builtin(name: string): string {
  return `{http://www.w3.org/2001/XMLSchema}${name}`;
}

/** JSON text, or `!code` of the fault. */
export function toJson(
  key: string,
  text: string,
  contract: Contract | Contract['numbers'] = 'string',
): string {
  const codec = compileSimpleType(typeof contract === 'string' ? EMPTY[contract] : contract, key);
  return shown(codec.fromXml(text, (prefix) => PREFIXES[prefix]));
}

/** Lexical form, or `!code` of the fault. */
export function toXml(
  key: string,
  value: JsonValue,
  contract: Contract | Contract['numbers'] = 'string',
): string {
  const codec = compileSimpleType(typeof contract === 'string' ? EMPTY[contract] : contract, key);
  return shown(codec.toXml(value, (namespace) => (namespace === 'urn:example' ? 't' : 'd')));
}

function shown(result: string | SimpleFault): string {
  return result instanceof SimpleFault
    ? `!${result.code}${result.item === undefined ? '' : ` at ${result.item}`}`
    : result;
}
