import type { ElementParticle, GroupParticle, Particle } from '../../contract.ts';
import { FAIL, FunctionSource, SKIP_SPACE } from './decoder-source.ts';
import { generateAll } from './generate-all.ts';
import { generateWide, isWide } from './generate-wide.ts';
import { isRepeating, type Generation } from './generation.ts';
import { generateElement, openTest } from './generate-element.ts';

/** More children than this are divided over several functions: what is too long is never optimised. */
const MOST_CHILDREN = 12;

/** Reads the particles of a group as members of an object, in the order of the model. */
export function generateParticle(generation: Generation, into: FunctionSource, particle: Particle): void {
  if (particle.max === 0) return;
  switch (particle.kind) {
    case 'any':
      return generateAbsentWildcard(into, particle);
    case 'element':
      return generateElement(generation, into, particle, true);
    case 'all':
    case 'choice':
    case 'sequence':
      return generateGroup(generation, into, particle);
  }
}

/** An element that only a wildcard allows is left to the general decoder. */
function generateAbsentWildcard(
  into: FunctionSource,
  { min, always, jsonName }: Particle & { kind: 'any' },
): void {
  if (min > 0) into.line(`${FAIL};`);
  else if (always === true) into.put(`${JSON.stringify(jsonName)}:[],`);
}

function generateGroup(generation: Generation, into: FunctionSource, group: GroupParticle): void {
  if (isRepeating(group.max)) return generateRepeated(generation, into, group);
  if (group.min > 0 && group.kind === 'sequence') return generateOnce(generation, into, group);
  if (group.kind === 'choice') return generateChoice(generation, into, group, isNullable(group));
  if (group.kind === 'all') return generateLiteralAll(generation, into, group);
  into.line(`${SKIP_SPACE} if (${firstTest(generation, group)}) {`);
  generateOnce(generation, into, group);
  into.line('} else {');
  if (isNullable(group)) into.line(alwaysOf(into, group));
  else into.line(`${FAIL};`);
  into.line('}');
}

/** Statement that writes the arrays that are there even if the group is not. */
function alwaysOf(into: FunctionSource, group: GroupParticle): string {
  const part = new FunctionSource(into.decoder);
  for (const json of alwaysMembers(group)) part.put(json);
  into.literalBytes += part.literalBytes;
  return part.toString();
}

/** Members written as `[]` where a group is passed over. */
export function alwaysMembers(particle: Particle): string[] {
  if (particle.kind === 'element' || particle.kind === 'any')
    return particle.always === true ? [`${JSON.stringify(particle.jsonName)}:[],`] : [];
  if (particle.kind === 'choice' || isRepeating(particle.max)) return [];
  return particle.particles.flatMap(alwaysMembers);
}

function generateOnce(generation: Generation, into: FunctionSource, group: GroupParticle): void {
  if (group.kind === 'choice') return generateChoice(generation, into, group, isContentNullable(group));
  if (group.kind === 'all') return generateLiteralAll(generation, into, group);
  const { particles } = group;
  if (isWide(generation, particles)) return generateWide(generation, into, particles);
  if (particles.length <= MOST_CHILDREN) {
    for (const particle of particles) generateParticle(generation, into, particle);
    return;
  }
  for (let i = 0; i < particles.length; i += MOST_CHILDREN) {
    const part = generation.addFunction((rest) => {
      for (const particle of particles.slice(i, i + MOST_CHILDREN))
        generateParticle(generation, rest, particle);
    });
    into.line(`p = ${part}(s, p);`);
  }
}

function generateLiteralAll(generation: Generation, into: FunctionSource, group: GroupParticle): void {
  generateAll(generation, into, group, ({ min }, hasNone) => {
    if (min > 0) into.line(group.min === 0 ? `if (!(${hasNone})) ${FAIL};` : `${FAIL};`);
  });
}

function generateChoice(
  generation: Generation,
  into: FunctionSource,
  { particles }: GroupParticle,
  nullable: boolean,
): void {
  into.line(SKIP_SPACE);
  for (const particle of particles) {
    into.line(`if (${firstTest(generation, particle)}) {`);
    generateTaken(generation, into, particle);
    into.line('} else');
  }
  into.line(nullable ? ';' : `${FAIL};`);
}

/** A particle whose first element is at `p`. */
function generateTaken(generation: Generation, into: FunctionSource, particle: Particle): void {
  if (particle.kind === 'any') return;
  generateParticle(generation, into, { ...particle, min: Math.max(1, particle.min) });
}

/** `@choice`, `@sequence`: an array with an object for each occurrence. */
function generateRepeated(generation: Generation, into: FunctionSource, group: GroupParticle): void {
  // Where occurrences that are owed part is the business of the general decoder.
  if (group.min > 1) return into.line(`${FAIL};`);
  const count = into.decoder.name('n');
  const limit = group.max === 'unbounded' ? '' : `${count} < ${group.max}`;
  into.line(`let ${count} = 0; for (; ${limit}; ${count}++) { ${SKIP_SPACE}`);
  into.line(`if (!(${firstTest(generation, group)})) break;`);
  into.line(`if (${count} === 0) {`);
  into.put(`${JSON.stringify(group.jsonName ?? '')}:[`);
  into.line('}');
  into.line(`s.ensure(room);`);
  into.put('{');
  generateOnce(generation, into, { ...group, min: 1, max: 1 });
  into.line(`close(s, 125); }`);
  into.line(`if (${count} > 0) close(s, 93);`);
  if (group.min > 0 && !isContentNullable(group)) into.line(`if (${count} < ${group.min}) ${FAIL};`);
}

/** Expression: whether an occurrence of the particle begins at `p`. */
export function firstTest(generation: Generation, particle: Particle): string {
  const tests = firstElements(particle).map((element) => openTest(generation, element.name));
  return tests.length === 0 ? 'false' : `(${[...new Set(tests)].join(' || ')})`;
}

function firstElements(particle: Particle): ElementParticle[] {
  if (particle.max === 0 || particle.kind === 'any') return [];
  if (particle.kind === 'element') return [particle];
  const first: ElementParticle[] = [];
  for (const child of particle.particles) {
    first.push(...firstElements(child));
    if (particle.kind === 'sequence' && !isNullable(child)) break;
  }
  return first;
}

export function isNullable(particle: Particle): boolean {
  if (particle.min === 0) return true;
  return particle.kind !== 'element' && particle.kind !== 'any' && isContentNullable(particle);
}

function isContentNullable({ kind, particles }: GroupParticle): boolean {
  if (kind === 'choice') return particles.length === 0 || particles.some(isNullable);
  return particles.every(isNullable);
}
