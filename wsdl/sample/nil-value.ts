import { typeOf } from '../builtin-types.ts';
import type { JsonValue } from '../codec/codec.ts';
import type { ComplexType, TypeDefinition } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { putMember, type Target } from './put-member.ts';
import type { Sampler } from './sampler.ts';
import { simpleValue } from './simple-value.ts';

/** Whether an element of the type can be nil: an abstract type cannot, unless one derived from it stands for it. */
export function mayBeNil(type: TypeDefinition): boolean {
  return type.kind === 'simple' || !type.abstract || type.substitutes.length > 0;
}

/** `null`, or an object where a nil element must name its type or has required attributes (XSD 1.0 Part 1, 3.4.4). */
export function nilValue(sampler: Sampler, key: QNameKey): JsonValue {
  const declared = typeOf(sampler.contract, key);
  if (declared.kind === 'simple') return null;
  const type = concreteOf(sampler, declared);
  const target: Target = {};
  for (const { required, jsonName, type: attributeType, name, fixed } of type.attributes) {
    if (required) putMember(target, jsonName, simpleValue(sampler, attributeType, name.local, fixed));
  }
  if (type === declared && Object.keys(target).length === 0) return null;
  return { ...(type !== declared && { '@type': type.name }), '@nil': true, ...target };
}

function concreteOf({ contract }: Sampler, declared: ComplexType): ComplexType {
  const [first] = declared.abstract ? declared.substitutes : [];
  const type = first === undefined ? declared : typeOf(contract, first);
  return type.kind === 'complex' ? type : declared;
}
