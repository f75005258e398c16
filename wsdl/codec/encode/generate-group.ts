import type { ElementParticle, GroupParticle, Particle } from '../../contract.ts';
import { indistinctElements, type IndistinctElements } from '../../indistinct-elements.ts';
import { generateArray, generateOccurrences, type Generation } from './generate-element.ts';
import { generateChoice } from './generate-choice.ts';
import { ObjectScope } from './object-scope.ts';
import { canBeEmpty, memberNames } from './particle-members.ts';
import { quote, type SourceWriter } from './source-writer.ts';

/** Appends a particle to `o`; its members are declared in `scope`. */
export function generateParticle(generation: Generation, scope: ObjectScope, particle: Particle): void {
  if (particle.max === 0) return;
  if (particle.kind === 'element' || particle.kind === 'any')
    generateOccurrences(generation, scope, particle);
  else if (particle.jsonName === undefined) generateGroup(generation, scope, particle);
  else generateRepeating(generation, scope, particle, particle.jsonName);
}

/** A group that occurs at most once: its members stand in the object around it. Optional ones are all or nothing. */
function generateGroup(generation: Generation, scope: ObjectScope, group: GroupParticle): void {
  const { writer } = generation;
  const isOptional = group.min === 0 && group.kind !== 'choice';
  if (isOptional) writer.line(`if (${scope.isAnyPresent(memberNames(group))}) {`);
  switch (group.kind) {
    case 'sequence':
      for (const pair of indistinctElements(group)) refuseIndistinct(writer, scope, pair);
      for (const particle of group.particles) generateParticle(generation, scope, particle);
      break;
    case 'choice':
      generateChoice(writer, scope, group, (branch) => {
        generateParticle(generation, scope, branch);
      });
      break;
    case 'all':
      generateAll(generation, scope, group);
      break;
  }
  if (isOptional) writer.line('}');
}

/** What XML would give back as the first of two elements must be given as the first. */
function refuseIndistinct(
  writer: SourceWriter,
  scope: ObjectScope,
  { first, second, between }: IndistinctElements,
): void {
  const fault = writer.fault(
    writer.memberPointer(scope.pointer, second.jsonName),
    'occurrence',
    `must be given as "${first.jsonName}": in XML nothing would tell them apart`,
  );
  const conditions = [
    scope.isAnyPresent([second.jsonName]),
    `!${isFull(scope, first)}`,
    ...between.map((particle) => `!${scope.isAnyPresent(memberNames(particle))}`),
  ];
  writer.check(`if (${conditions.join(' && ')}) { ${fault} }`);
}

function isFull(scope: ObjectScope, { jsonName, max }: ElementParticle): string {
  if (max === 'unbounded') return 'false';
  const isPresent = scope.isAnyPresent([jsonName]);
  return max === 1 ? isPresent : `(${isPresent} && ${scope.member(jsonName)}.length >= ${max})`;
}

/** XML leaves the order to the writer (XSD 1.0 Part 1, 3.8.1), so that of the JSON members is kept. */
function generateAll(generation: Generation, scope: ObjectScope, group: GroupParticle): void {
  const { writer } = generation;
  const functions = group.particles.map((particle) => {
    const [encode, isDone] = [writer.variable(), writer.variable()];
    writer.line(`let ${isDone} = false; const ${encode} = () => { if (${isDone}) return; ${isDone} = true;`);
    generateParticle(generation, scope, particle);
    writer.line('};');
    return { encode, names: memberNames(particle) };
  });
  writer.line(`for (const k of Object.keys(${scope.value})) switch (k) {`);
  for (const { encode, names } of functions) {
    if (names.length > 0)
      writer.line(`${names.map((name) => `case ${quote(name)}:`).join(' ')} ${encode}(); break;`);
  }
  writer.line('}');
  for (const { encode } of functions) writer.line(`${encode}();`);
}

/** A group that may occur more than once: an array with one object for each occurrence. */
function generateRepeating(
  generation: Generation,
  scope: ObjectScope,
  group: GroupParticle,
  jsonName: string,
): void {
  const { writer } = generation;
  const once: GroupParticle = withoutRepetition(group);
  // Occurrences without any element are invisible in XML, so there are always enough of them.
  const min = canBeEmpty(once) ? 0 : group.min;
  const pointer = writer.memberPointer(scope.pointer, jsonName);
  generateArray(writer, { min, max: group.max }, scope.member(jsonName), pointer, (item, itemPointer) => {
    writer.line(`if (${item} === null || typeof ${item} !== "object" || Array.isArray(${item})) {`);
    writer.line(`${writer.fault(itemPointer, 'type', 'must be an object')} } else {`);
    const inner = new ObjectScope(writer, item, itemPointer);
    inner.declareParticle(once);
    inner.refuseUnknown(`"${jsonName}"`);
    if (canBeEmpty(once)) refuseEmpty(writer, inner, once);
    generateParticle(generation, inner, once);
    writer.line('}');
  });
}

/** An occurrence without any element would vanish in XML. */
function refuseEmpty(writer: SourceWriter, scope: ObjectScope, once: GroupParticle): void {
  const fault = writer.fault(scope.pointer, 'occurrence', 'must have at least one member');
  writer.check(`if (!${scope.isAnyPresent(memberNames(once))}) { ${fault} }`);
}

function withoutRepetition({ kind, particles }: GroupParticle): GroupParticle {
  return { kind, particles, min: 1, max: 1 };
}
