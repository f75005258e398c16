import type { ElementParticle, GroupParticle } from '../../contract.ts';
import { FAIL, SKIP_SPACE, type FunctionSource } from './decoder-source.ts';
import { generateValue, openTest } from './generate-element.ts';
import { isRepeating, type Generation } from './generation.ts';

/** More members than this are divided over several functions: what is too long is never optimised. */
const MOST_MEMBERS = 12;

/**
 * Members in any order, each at most once; in the order of their declarations one pass reads them all.
 *
 * @param absent writes what stands for one that is not there.
 */
export function generateAll(
  generation: Generation,
  into: FunctionSource,
  { particles }: Pick<GroupParticle, 'particles'>,
  absent: (element: ElementParticle, hasNone: string) => void,
): void {
  const members = particles.filter((child) => child.kind === 'element' && !isRepeating(child.max));
  if (members.length < particles.length) return into.line(`${FAIL};`);
  const elements = members as ElementParticle[];
  const parts = Array.from({ length: Math.ceil(elements.length / MOST_MEMBERS) }, (_, index) => ({
    elements: elements.slice(index * MOST_MEMBERS, (index + 1) * MOST_MEMBERS),
    seen: into.decoder.name('u'),
  }));
  const hasNone = parts.map(({ seen }) => `${seen} === 0`).join(' && ') || 'true';
  for (const { seen } of parts) into.line(`let ${seen} = 0;`);
  into.line(`for (;;) { ${SKIP_SPACE} const before = p;`);
  for (const part of parts) {
    if (parts.length === 1) generatePass(generation, into, part.elements, part.seen);
    else generatePart(generation, into, part.elements, part.seen);
  }
  into.line('if (p === before) break; }');
  for (const part of parts) {
    for (const [index, element] of part.elements.entries()) {
      into.line(`if ((${part.seen} & ${1 << index}) === 0) {`);
      absent(element, hasNone);
      into.line('}');
    }
  }
}

/** Its function is told by `s.seen` which have come, and tells so. */
function generatePart(
  generation: Generation,
  into: FunctionSource,
  elements: readonly ElementParticle[],
  seen: string,
): void {
  const name = generation.addFunction((part) => {
    part.line('let u = s.seen;');
    generatePass(generation, part, elements, 'u');
    part.line('s.seen = u;');
  });
  into.line(`s.seen = ${seen}; p = ${name}(s, p); ${seen} = s.seen;`);
}

function generatePass(
  generation: Generation,
  into: FunctionSource,
  elements: readonly ElementParticle[],
  seen: string,
): void {
  for (const [index, element] of elements.entries()) {
    if (element.max === 0) continue;
    const bit = 1 << index;
    into.line(`${SKIP_SPACE} if ((${seen} & ${bit}) === 0 && ${openTest(generation, element.name)}) {`);
    into.line(`${seen} |= ${bit};`);
    into.put(`${JSON.stringify(element.jsonName)}:`);
    generateValue(generation, into, element);
    into.line('}');
  }
}
