import { allowsNamespace } from '../namespace-constraint.ts';
import { typeOf } from '../builtin-types.ts';
import type {
  AttributeUse,
  ComplexType,
  Content,
  ElementParticle,
  NamespaceConstraint,
  Particle,
  WildcardParticle,
} from '../contract.ts';
import { XML_NAMESPACE, XSD_NAMESPACE, XSI_NAMESPACE, type QName } from '../qname.ts';
import { countElements, SampleError, type Sampler } from './sampler.ts';

/** A small element that the wildcard allows; a declared one where the schema will be consulted (`strict`). */
export function rawElement(sampler: Sampler, wildcard: WildcardParticle): string {
  const isStrict = wildcard.processContents === 'strict';
  const declared = isStrict ? declaredXml(sampler, wildcard.namespaces) : undefined;
  if (declared !== undefined) return declared;
  const namespace = namespaceFor(wildcard.namespaces);
  if (!allowsNamespace(wildcard.namespaces, namespace))
    throw new SampleError('no example can be made: a wildcard is required that allows no namespace');
  // Where only a schema may stand (.NET's DataSet), an empty one does.
  if (namespace === XSD_NAMESPACE) return tagged({ namespace, local: 'schema' }, '', '');
  return tagged({ namespace, local: 'any' }, isStrict ? TYPED : '', '');
}

/** A strict wildcard takes what is declared nowhere if it names its type itself (XSD 1.0 Part 1, 3.10.1). */
const TYPED = ` xmlns:xsi="${XSI_NAMESPACE}" xmlns:xs="${XSD_NAMESPACE}" xsi:type="xs:string"`;

/** The simplest of the contract's global elements that the namespaces allow. */
function declaredXml(sampler: Sampler, namespaces: NamespaceConstraint): string | undefined {
  const depthOf = ({ type }: ElementParticle): number => sampler.termination.ofType(type);
  const isFit = (element: ElementParticle): boolean =>
    element.abstract !== true &&
    allowsNamespace(namespaces, element.name.namespace) &&
    depthOf(element) < Infinity &&
    !sampler.inRawXml.has(element);
  return Object.values(sampler.contract.elements)
    .filter(isFit)
    .sort((one, other) => depthOf(one) - depthOf(other))
    .values()
    .map((element) => unrepeatedXml(sampler, element))
    .find((xml) => xml !== undefined);
}

/** An element may require a wildcard itself: it does not stand for that one too, without end. */
function unrepeatedXml(sampler: Sampler, element: ElementParticle): string | undefined {
  sampler.inRawXml.add(element);
  const xml = elementXml(sampler, element);
  sampler.inRawXml.delete(element);
  return xml;
}

/**
 * Content of a mixed type: a text, and the elements that its model cannot do without.
 * @throws SampleError if there is no telling how these could look.
 */
export function mixedXml(sampler: Sampler, model: Particle | undefined): string {
  const elements = model === undefined ? '' : requiredXml(sampler, model);
  if (elements !== undefined) return `Some text${elements}`;
  throw new SampleError(
    'no example of mixed content can be made: it requires an abstract type, or one without end',
  );
}

function requiredXml(sampler: Sampler, particle: Particle): string | undefined {
  if (particle.min === 0) return '';
  if (sampler.termination.ofParticle(particle) === Infinity) return undefined;
  const before = sampler.elements;
  const xml = onceXml(sampler, particle);
  countElements(sampler, (sampler.elements - before) * (particle.min - 1));
  return xml?.repeat(particle.min);
}

function onceXml(sampler: Sampler, particle: Particle): string | undefined {
  switch (particle.kind) {
    case 'any':
      return rawElement(sampler, particle);
    case 'element':
      return elementXml(sampler, particle);
    case 'choice': {
      const depthOf = (branch: Particle): number => sampler.termination.ofParticle(branch);
      const [shortest] = particle.particles.toSorted((one, other) => depthOf(one) - depthOf(other));
      return shortest ? requiredXml(sampler, shortest) : '';
    }
    case 'sequence':
    case 'all': {
      const parts = particle.particles.map((part) => requiredXml(sampler, part));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
  }
}

/** The element with only what is required in it; undefined if its type is abstract or takes no value. */
function elementXml(sampler: Sampler, element: ElementParticle): string | undefined {
  countElements(sampler, 1);
  const type = typeOf(sampler.contract, element.type);
  if (type.kind === 'complex') return complexXml(sampler, element, type);
  const value = sampler.verified(element.type, element.name.local, element.fixed);
  return value && tagged(element.name, '', escaped(value.lexical));
}

function complexXml(
  sampler: Sampler,
  { name, fixed }: ElementParticle,
  type: ComplexType,
): string | undefined {
  const content = contentXml(sampler, type.content, name.local, fixed);
  const attributes = type.attributes
    .filter(({ required }) => required)
    .map((use) => attributeXml(sampler, use));
  if (type.abstract || content === undefined || attributes.includes(undefined)) return undefined;
  return tagged(name, attributes.join(''), content);
}

function contentXml(sampler: Sampler, content: Content, name: string, fixed?: string): string | undefined {
  switch (content.kind) {
    case 'empty':
      return '';
    case 'simple': {
      const value = sampler.verified(content.type, name, fixed ?? content.fixed);
      return value && escaped(value.lexical);
    }
    case 'elements':
      return requiredXml(sampler, content.model);
    case 'mixed':
      return content.model === undefined ? '' : requiredXml(sampler, content.model);
  }
}

function attributeXml(sampler: Sampler, { name, type, fixed }: AttributeUse): string | undefined {
  const value = sampler.verified(type, name.local, fixed);
  if (value === undefined) return undefined;
  const { namespace, local } = name;
  const text = escaped(value.lexical);
  if (namespace === '') return ` ${local}="${text}"`;
  if (namespace === XML_NAMESPACE) return ` xml:${local}="${text}"`;
  // A prefix for each, so that no two of an element get in each other's way.
  return ` xmlns:a-${local}="${escaped(namespace)}" a-${local}:${local}="${text}"`;
}

/** `attributes` and `content` are XML already. */
function tagged({ namespace, local }: QName, attributes: string, content: string): string {
  const name = namespace === '' ? local : `x:${local}`;
  const declaration = namespace === '' ? '' : ` xmlns:x="${escaped(namespace)}"`;
  const start = `<${name}${declaration}${attributes}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

const EXAMPLE_NAMESPACE = 'urn:example:any';

/** A namespace that the wildcard allows. */
export function namespaceFor(constraint: NamespaceConstraint): string {
  if (constraint.kind !== 'in') return EXAMPLE_NAMESPACE;
  return constraint.uris[0] ?? EXAMPLE_NAMESPACE;
}
