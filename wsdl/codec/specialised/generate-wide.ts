import { typeOf } from '../../builtin-types.ts';
import type { ElementParticle, Particle } from '../../contract.ts';
import { byteWords } from './byte-words.ts';
import type { FunctionSource } from './decoder-source.ts';
import { readEncoded } from './encoded-element.ts';
import { hasPlainAttributes, isGeneral, isPlain, taggedElement } from './generate-element.ts';
import { isRepeating, tagName, type Generation } from './generation.ts';
import { readWide, type WideMember } from './read-wide.ts';
import { readTagged } from './tagged-element.ts';

/** More children than this are read by a table. */
const MOST_IN_CODE = 64;

/** Whether children are better read by a table than by code of their own. */
export function isWide(generation: Generation, particles: readonly Particle[]): boolean {
  return particles.length > MOST_IN_CODE && particles.every((child) => isInTable(generation, child));
}

function isInTable(generation: Generation, child: Particle): child is ElementParticle {
  return (
    child.kind === 'element' &&
    child.max !== 0 &&
    tagName(generation, child.name) !== undefined &&
    !isGeneral(generation, child)
  );
}

/** @param particles for which `isWide` holds. */
export function generateWide(
  generation: Generation,
  into: FunctionSource,
  particles: readonly Particle[],
): void {
  const members = (particles as readonly ElementParticle[]).map((element) => wideMember(generation, element));
  into.line(`p = ${into.decoder.constant(readWide)}(s, p, ${into.decoder.constant(members)});`);
}

function wideMember(generation: Generation, element: ElementParticle): WideMember {
  const name = tagName(generation, element.name)!;
  const member = `${JSON.stringify(element.jsonName)}:`;
  const isArray = isRepeating(element.max);
  const tagged = taggedElement(generation, element)!;
  return {
    open: byteWords(`<${name}`),
    close: byteWords(`</${name}>`),
    scopeBit: generation.bindings.bitOf(generation.bindings.prefixOf(element.name.namespace)!),
    min: element.min,
    max: element.max === 'unbounded' ? Infinity : element.max,
    isArray,
    member: byteWords(isArray ? `${member}[` : member),
    absent: byteWords(isArray && element.always === true ? `${member}[],` : ''),
    element: tagged,
    isPlain: tagged.content.kind === 'text' || isPlain({ content: tagged.content }),
    copy: hasOwnText(element) ? undefined : generation.copyValue(element.type, '<'),
    hasAttributes: hasAttributesInPlace(generation, element),
    readTag: generation.encoded ? readEncoded : readTagged,
  };
}

function hasAttributesInPlace(generation: Generation, { type }: ElementParticle): boolean {
  const generated =
    typeOf(generation.contract, type).kind === 'complex' ? generation.complexType(type) : undefined;
  return generated !== undefined && hasPlainAttributes(generated);
}

function hasOwnText({ default: absent, fixed }: ElementParticle): boolean {
  return absent !== undefined || fixed !== undefined;
}
