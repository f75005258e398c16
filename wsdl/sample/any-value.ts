import type { JsonValue } from '../codec/codec.ts';
import { ANY_SIMPLE_TYPE, ANY_TYPE } from '../builtin-types.ts';
import type { ComplexType, TypeDefinition } from '../contract.ts';
import { ENCODING_TYPES } from '../link/builtin-schemas.ts';
import type { QName } from '../qname.ts';
import { simpleValue } from './simple-value.ts';
import { isFinishing, type Place, type Sampler } from './sampler.ts';

/** Value of an element of xs:anyType. Only samples that cover all have more than a text. */
export function anyValue(sampler: Sampler, name: string, place: Place, given?: string): JsonValue {
  // Decoded, text is mixed content without elements; what markup could be is told apart by its type.
  if (given !== undefined)
    return /[<>&]/.test(given) ? { '@type': 'xs:string', value: given } : { '@mixed': given };
  const text: JsonValue = { '@type': 'xs:string', value: `Any ${name}` };
  const { coverage } = sampler;
  if (!coverage || isFinishing(sampler, place)) return text;
  const named = nameableType(sampler, place);
  const ways: (() => JsonValue)[] = [
    () => text,
    () => ({ '@type': 'xs:long', value: '9007199254740993' }),
    () => ({ '@type': 'xs:dateTime', value: '2026-11-21T09:30:00Z' }),
    () => ({ '@mixed': 'Some <any xmlns="urn:example:any">raw</any> content' }),
    ...(named ? [() => typedObject(sampler, named, name, place)] : []),
  ];
  return ways[coverage.next('type', ANY_TYPE, ways.length, 0)]!();
}

/** Value of an element of xs:anySimpleType. Only samples that cover all have more than a text. */
export function anySimpleValue(sampler: Sampler, name: string, given?: string): JsonValue {
  const text = (): JsonValue => simpleValue(sampler, ANY_SIMPLE_TYPE, name, given);
  const { coverage } = sampler;
  if (given !== undefined || !coverage) return text();
  const ways: (() => JsonValue)[] = [
    text,
    () => ({ '@type': 'xs:QName', value: '{urn:example:any}name' }),
    () => ({ '@type': 'xs:int', value: 5 }),
  ];
  return ways[coverage.next('type', ANY_SIMPLE_TYPE, ways.length, 0)]!();
}

/** A type of the contract that xsi:type may name, with plain members. */
function nameableType({ contract, termination }: Sampler, place: Place): ComplexType | undefined {
  const isFit = (type: TypeDefinition): type is ComplexType =>
    type.kind === 'complex' &&
    type.qname !== undefined &&
    !isOfEncoding(type.qname) &&
    !type.abstract &&
    !type.unwrapped &&
    type.content.kind === 'elements' &&
    termination.ofType(type.key) < 3 &&
    !place.open.includes(type.key);
  return Object.values(contract.types).find(isFit);
}

/** Types that every encoded message may have, whether its contract knows them or not. */
function isOfEncoding({ namespace }: QName): boolean {
  return ENCODING_TYPES.some((name) => name.namespace === namespace);
}

function typedObject(sampler: Sampler, type: ComplexType, name: string, place: Place): JsonValue {
  const value = sampler.typed(type.key, name, place);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { '@type': type.name, ...value } : value;
}
