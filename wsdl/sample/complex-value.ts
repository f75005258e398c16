import type { JsonValue } from '../codec/codec.ts';
import type { AttributeUse, ComplexType } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { lacksId } from './id-reference.ts';
import { fillMembers, weightOf } from './members.ts';
import { defaultValue } from './default-value.ts';
import { mixedXml, namespaceFor } from './raw-xml.ts';
import { putMember, type Target } from './put-member.ts';
import { isFinishing, SampleError, type Place, type Sampler } from './sampler.ts';
import { soapArrayValue } from './soap-array.ts';
import { simpleValue } from './simple-value.ts';
import { substitutesOf } from './termination.ts';

/** Value of a complex type or of one derived from it; `given` is the fixed or default text of simple content. */
export function complexValue(
  sampler: Sampler,
  type: ComplexType,
  name: string,
  place: Place,
  given?: string,
): JsonValue {
  const concrete = concreteType(sampler, type, place);
  const inside: Place = { ...place, depth: place.depth + 1, open: [...place.open, type.key, concrete.key] };
  const target: Target = {};
  if (concrete !== type || type.abstract) target['@type'] = concrete.name;
  sampler.owners.push(name);
  fillAttributes(sampler, concrete.attributes, inside, target);
  fillAnyAttribute(sampler, concrete, inside, target);
  fillContent(sampler, concrete, name, inside, target, given);
  sampler.owners.pop();
  if (!concrete.unwrapped) return target;
  const items = unwrapped(target);
  return concrete.soapArray ? soapArrayValue(items, concrete.soapArray, sampler.use) : items;
}

/** The type itself or one derived from it: where the value must end, the one that ends first. */
function concreteType(sampler: Sampler, type: ComplexType, place: Place): ComplexType {
  const depthOf = (key: QNameKey): number => sampler.termination.ofType(key);
  const finite = substitutesOf(sampler.contract, type.key).filter((key) => depthOf(key) < Infinity);
  const shortest = finite.reduce<QNameKey | undefined>(
    (best, key) => (best === undefined || depthOf(key) < depthOf(best) ? key : best),
    undefined,
  );
  if (shortest === undefined)
    throw new SampleError(`no example of ${type.key} can be made: ${reasonOf(type)}`);
  if (sampler.coverage && !isFinishing(sampler, place)) {
    const inTurn = finite[sampler.coverage.next('type', type.key, finite.length)]!;
    return complexTypeOf(sampler, inTurn, type);
  }
  const fresh = finite.filter((key) => !place.open.includes(key));
  const usesItself = fresh.includes(type.key) && sampler.mode === 'full' && sampler.random.chance(50);
  if (usesItself) return type;
  const chosen = isFinishing(sampler, place) || fresh.length === 0 ? shortest : sampler.random.pick(fresh);
  return complexTypeOf(sampler, chosen, type);
}

function complexTypeOf({ contract }: Sampler, key: QNameKey, otherwise: ComplexType): ComplexType {
  const definition = contract.types[key];
  return definition?.kind === 'complex' ? definition : otherwise;
}

function reasonOf(type: ComplexType): string {
  return type.abstract
    ? 'it is abstract and no type that ends is derived from it'
    : 'it requires itself without end';
}

function fillAttributes(
  sampler: Sampler,
  attributes: readonly AttributeUse[],
  place: Place,
  target: Target,
): void {
  for (const attribute of attributes) {
    if (!attribute.required && !isWanted(sampler, place, attribute)) continue;
    const { type, name, fixed } = attribute;
    const given = fixed ?? defaultValue(sampler, attribute);
    sampler.documentation = attribute.documentation ?? '';
    putMember(target, attribute.jsonName, simpleValue(sampler, type, name.local, given));
  }
}

function isWanted(sampler: Sampler, place: Place, attribute: AttributeUse): boolean {
  if (isFinishing(sampler, place) || lacksId(sampler, attribute.type)) return false;
  if (sampler.coverage) return sampler.coverage.next('count', attribute, 2, 0) === 0;
  return sampler.mode === 'full' || sampler.random.chance(50);
}

/** A wildcard says nothing about what it stands for: only samples that cover all have it, once. */
function fillAnyAttribute(
  sampler: Sampler,
  { anyAttribute }: ComplexType,
  place: Place,
  target: Target,
): void {
  if (!anyAttribute || !sampler.coverage || isFinishing(sampler, place)) return;
  if (anyAttribute.processContents === 'strict') return;
  if (sampler.coverage.next('wildcard', anyAttribute, 2, 1) > 0) return;
  const namespace = namespaceFor(anyAttribute.namespaces);
  const name = namespace === '' ? 'any-attribute' : `{${namespace}}any-attribute`;
  putMember(target, anyAttribute.jsonName, { [name]: '<any> "value"' });
}

function fillContent(
  sampler: Sampler,
  type: ComplexType,
  name: string,
  place: Place,
  target: Target,
  given?: string,
): void {
  const { content } = type;
  switch (content.kind) {
    case 'empty':
      return;
    case 'simple':
      putMember(
        target,
        content.jsonName,
        simpleValue(sampler, content.type, name, given ?? content.fixed ?? defaultValue(sampler, content)),
      );
      return;
    case 'mixed':
      putMember(target, content.jsonName, mixedXml(sampler, content.model));
      return;
    case 'elements':
      fillMembers({ sampler, place, target, heirs: weightOf(content.model) }, content.model);
  }
}

/** The array that stands for an `ArrayOfX` wrapper is its only member. */
function unwrapped(target: Target): JsonValue[] {
  const [items = []] = Object.values(target);
  return Array.isArray(items) ? items : [items];
}
