import type { ElementParticle, NamespaceConstraint, Particle, WildcardParticle } from '../contract.ts';
import type { QName } from '../qname.ts';
import { SampleError, type Sampler } from './sampler.ts';

/** A small element that the wildcard allows; a declared one where the schema will be consulted (`strict`). */
export function rawElement(sampler: Sampler, wildcard: WildcardParticle): string {
  if (wildcard.processContents === 'strict') {
    const declared = Object.values(sampler.contract.elements).filter((element) =>
      allows(wildcard.namespaces, element.name.namespace),
    );
    for (const element of declared) {
      const xml = simpleElement(sampler, element);
      if (xml !== undefined) return xml;
    }
  }
  return tagged({ namespace: namespaceFor(wildcard.namespaces), local: 'any' }, '');
}

/** Content of a mixed type: a text, and the elements that its model cannot do without. */
export function mixedXml(sampler: Sampler, model: Particle | undefined): string {
  return `Some text${model === undefined ? '' : requiredXml(sampler, model)}`;
}

function requiredXml(sampler: Sampler, particle: Particle): string {
  const once = (): string => {
    switch (particle.kind) {
      case 'any':
        return rawElement(sampler, particle);
      case 'element':
        return requiredElement(sampler, particle);
      case 'choice':
        return shortestOf(particle.particles.map((branch) => requiredXml(sampler, branch)));
      case 'sequence':
      case 'all':
        return particle.particles.map((part) => requiredXml(sampler, part)).join('');
    }
  };
  return particle.min === 0 ? '' : once().repeat(particle.min);
}

function requiredElement(sampler: Sampler, element: ElementParticle): string {
  const xml = simpleElement(sampler, element);
  if (xml !== undefined) return xml;
  throw new SampleError(
    `no example of mixed content can be made: it requires "${element.name.local}", which holds elements itself`,
  );
}

function shortestOf(branches: readonly string[]): string {
  return branches.reduce(
    (shortest, branch) => (branch.length < shortest.length ? branch : shortest),
    branches[0] ?? '',
  );
}

/** The element as XML if its type is a simple one; undefined if not. */
function simpleElement(sampler: Sampler, element: ElementParticle): string | undefined {
  const isSimple = sampler.isSimple(element.type);
  const value = isSimple ? sampler.verified(element.type, element.name.local, element.fixed) : undefined;
  return value && tagged(element.name, value.lexical);
}

function tagged({ namespace, local }: QName, text: string): string {
  const name = namespace === '' ? local : `x:${local}`;
  const declaration = namespace === '' ? '' : ` xmlns:x="${escaped(namespace)}"`;
  return text === '' ? `<${name}${declaration}/>` : `<${name}${declaration}>${escaped(text)}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

const EXAMPLE_NAMESPACE = 'urn:example:any';

function namespaceFor(constraint: NamespaceConstraint): string {
  if (constraint.kind !== 'in') return EXAMPLE_NAMESPACE;
  return constraint.uris[0] ?? EXAMPLE_NAMESPACE;
}

/** XSD 1.0 Part 1, 3.10.4: a negated namespace excludes also the absent one. */
function allows(constraint: NamespaceConstraint, namespace: string): boolean {
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'in':
      return constraint.uris.includes(namespace);
    case 'not':
      return namespace !== '' && namespace !== constraint.uri;
  }
}
