import assert from 'node:assert/strict';
import type { ComplexType, Particle } from '../../../wsdl/index.ts';

/** A content model on one line, by JSON names: `sequence(a, b[0..*]!, choice?(c, d))`; `!` is `always`, `=` names a repeating group. */
export function outline(type: ComplexType): string {
  const { content } = type;
  assert.ok(content.kind === 'elements', `the content is ${content.kind}`);
  return outlineParticle(content.model);
}

function outlineParticle(particle: Particle): string {
  const occurs = outlineOccurs(particle);
  if (particle.kind === 'element' || particle.kind === 'any') {
    return `${particle.jsonName}${occurs}${particle.always ? '!' : ''}`;
  }
  const name = particle.jsonName === undefined ? '' : `${particle.jsonName}=`;
  return `${name}${particle.kind}${occurs}(${particle.particles.map(outlineParticle).join(', ')})`;
}

function outlineOccurs({ min, max }: Particle): string {
  if (min === 1 && max === 1) return '';
  if (min === 0 && max === 1) return '?';
  return `[${min}..${max === 'unbounded' ? '*' : max}]`;
}
