import { typeOf } from '../../builtin-types.ts';
import type { ElementParticle, GroupParticle, Particle } from '../../contract.ts';
import { isOpenSimpleType } from '../../open-simple-type.ts';
import { FAIL, SKIP_SPACE, type FunctionSource } from './decoder-source.ts';
import { generateAll } from './generate-all.ts';
import { generateElement, generateFromTag, generateValue, openTest } from './generate-element.ts';
import { isRepeating, type Generation } from './generation.ts';
import { closeItem, openItem } from './array-item.ts';

/** More accessors than this are divided over several functions: what is too long is never optimised. */
const MOST_CHILDREN = 12;

/** Nothing but elements, each declared once: one that is null may be missing (SOAP 1.1, 5.4.1). */
export function isStruct({ kind, max, particles }: GroupParticle): boolean {
  const names = particles.map((child) => (child.kind === 'element' ? JSON.stringify(child.name) : ''));
  return (
    kind !== 'choice' && !isRepeating(max) && !names.includes('') && new Set(names).size === names.length
  );
}

/** The accessors of a struct in the order of their declarations; the general decoder knows about others. */
export function generateStruct(generation: Generation, into: FunctionSource, group: GroupParticle): void {
  const accessors = group.particles as readonly ElementParticle[];
  if (group.kind === 'all') return generateAccessors(generation, into, accessors);
  if (group.min === 0) return into.line(`${FAIL};`);
  for (let i = 0; i < accessors.length; i += MOST_CHILDREN) {
    const part = generation.addFunction((rest) => {
      for (const accessor of accessors.slice(i, i + MOST_CHILDREN))
        generateAccessor(generation, rest, accessor);
    });
    into.line(`p = ${part}(s, p);`);
  }
}

function generateAccessor(generation: Generation, into: FunctionSource, accessor: ElementParticle): void {
  if (accessor.max === 0) return;
  if (isRepeating(accessor.max)) return generateElement(generation, into, accessor, true);
  into.line(`${SKIP_SPACE} if (${openTest(generation, accessor.name)}) {`);
  into.put(`${JSON.stringify(accessor.jsonName)}:`);
  generateValue(generation, into, accessor);
  into.line('} else {');
  generateAbsent(generation, into, accessor);
  into.line('}');
}

/** In any order; those that are null and missing come last. Also the parts in a wrapper. */
export function generateAccessors(
  generation: Generation,
  into: FunctionSource,
  particles: readonly Particle[],
): void {
  generateAll(generation, into, { particles }, (accessor) => {
    generateAbsent(generation, into, accessor);
  });
}

/** An abstract type has no null: it would have to be named. */
function generateAbsent({ contract }: Generation, into: FunctionSource, accessor: ElementParticle): void {
  if (accessor.min === 0) return;
  const type = typeOf(contract, accessor.type);
  const mayBeNull = accessor.nillable && !(type.kind === 'complex' && (type.abstract || hasRequired(type)));
  if (!mayBeNull) return into.line(`${FAIL};`);
  into.line('n++;');
  into.put(`${JSON.stringify(accessor.jsonName)}:null,`);
}

function hasRequired({
  attributes,
}: {
  readonly attributes: readonly { readonly required: boolean }[];
}): boolean {
  return attributes.some(({ required }) => required);
}

/** The items of an array: their names say nothing (SOAP 1.1, 5.4.2). */
export function generateItems(generation: Generation, into: FunctionSource, item: ElementParticle): void {
  // The array may name the type of its items.
  if (isOpenSimpleType(typeOf(generation.contract, item.type))) return into.line(`${FAIL};`);
  const open = into.decoder.constant(openItem);
  const close = into.decoder.constant(closeItem);
  into.line(`let i = 0, e = 0; for (;;) { ${SKIP_SPACE} if (b[p + 1] === 47) break;`);
  into.line(`s.ensure(room); i = p; e = ${open}(s, p); c = b[e];`);
  generateFromTag(generation, into, item, 'e');
  into.line(`if (s.isEmpty) s.isEmpty = false; else { ${SKIP_SPACE} p = ${close}(s, p, i, e); }`);
  into.line('}');
}
