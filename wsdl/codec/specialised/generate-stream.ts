import type { ElementParticle, GroupParticle, Particle } from '../../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import type { DecodePlan } from '../decode/message-plan.ts';
import { onlyElement } from '../encode/unwrapped.ts';
import { FAIL, FunctionSource, SKIP_SPACE } from './decoder-source.ts';
import { generateValue, openTest, taggedElement } from './generate-element.ts';
import { generateParticle } from './generate-model.ts';
import { isRepeating, tagName, type GeneratedType, type Generation } from './generation.ts';
import { openStreamed } from './tagged-element.ts';

/** Elements around the repeated one. */
const DEEPEST = 8;

/** What a generated stream decoder yields: more bytes are needed; JSON may be taken, as an item of the long array has ended. */
export const NEEDS_BYTES = 0;
export const MAY_FLUSH = 1;

/** An element that has a long array in it, or is one of its items. */
interface Spine {
  readonly element: ElementParticle;
  readonly type: GeneratedType;
  /** What stands before and behind `next` in the content; nothing where the JSON is the array itself. */
  readonly before: readonly Particle[];
  readonly after: readonly Particle[];
  /** The element inside, or the repeated one. */
  readonly next: Spine | ElementParticle;
}

/**
 * The generator that reads a message piece by piece, pausing between the items of the first long array in it. Each step
 * either succeeds or is tried again when there are more bytes. @returns its name; undefined if there is no such array.
 */
export function generateStream(
  generation: Generation,
  { message, soapVersion }: DecodePlan,
): string | undefined {
  const { wrapper, shape, members } = message.body;
  const [only] = members;
  const spine =
    wrapper === undefined && shape === 'value' && only ? findSpine(generation, only, []) : undefined;
  if (spine === undefined) return undefined;
  const name = generation.decoder.name('g');
  const into = new FunctionSource(generation.decoder);
  generateSpine(generation, into, spine, false);
  step(into, () => {
    for (const local of ['Body', 'Envelope']) {
      into.line(SKIP_SPACE);
      into.take(
        `</${tagName(generation, { namespace: SOAP_ENVELOPE_NAMESPACE[soapVersion], local }) ?? ''}>`,
      );
    }
    into.line(SKIP_SPACE);
  });
  generation.decoder.add(
    [
      `function* ${name}(s) {`,
      `const room = ${into.literalBytes}; let b, w, o, p = 0, c = 0, r = 0, q = 0, n = 0;`,
      into.toString(),
      '}',
    ].join('\n'),
  );
  return name;
}

function findSpine(
  generation: Generation,
  element: ElementParticle,
  around: readonly string[],
): Spine | undefined {
  const type = generation.complexType(element.type);
  if (
    type === undefined ||
    isRepeating(element.max) ||
    around.length > DEEPEST ||
    around.includes(element.type)
  )
    return undefined;
  const { content, unwrapped } = type.definition;
  if (content.kind !== 'elements' || element.default !== undefined || element.fixed !== undefined)
    return undefined;
  if (unwrapped) return { element, type, before: [], after: [], next: onlyElement(type.definition) };
  return findInSequence(generation, element, type, content.model, [...around, element.type]);
}

function findInSequence(
  generation: Generation,
  element: ElementParticle,
  type: GeneratedType,
  { kind, min, max, particles }: GroupParticle,
  around: readonly string[],
): Spine | undefined {
  if (kind !== 'sequence' || min !== 1 || max !== 1) return undefined;
  for (const [index, particle] of particles.entries()) {
    if (particle.kind !== 'element') continue;
    const next = isLong(particle) ? particle : findSpine(generation, particle, around);
    if (next !== undefined)
      return { element, type, before: particles.slice(0, index), after: particles.slice(index + 1), next };
  }
  return undefined;
}

function isLong({ max, min }: ElementParticle): boolean {
  return max === 'unbounded' && min <= 1;
}

/** Statements that are tried until the bytes suffice. */
function step(into: FunctionSource, generate: () => void): void {
  into.line('for (;;) { b = s.bytes; w = s.view; p = s.position; n = 0; try { s.ensure(room);');
  generate();
  into.line(
    `s.elements += n; s.commit(p); break; } catch (error) { s.retry(error); yield ${NEEDS_BYTES}; } }`,
  );
}

/** Before it is decided that something is not there, so much must be there that it could be seen. */
const LOOK_AHEAD = `${SKIP_SPACE} if (!s.final && s.length - p < 512) ${FAIL};`;

function generateSpine(generation: Generation, into: FunctionSource, spine: Spine, isMember: boolean): void {
  const { element, type } = spine;
  const { isUnwrapped } = type.content;
  const present = into.decoder.name('h');
  const scope = into.decoder.name('h');
  into.line(`let ${present} = false; const ${scope} = s.scope;`);
  step(into, () => {
    into.line(`${LOOK_AHEAD} if (${openTest(generation, element.name)}) {`);
    if (isMember) into.put(`${JSON.stringify(element.jsonName)}:`);
    generateOpening(generation, into, spine);
    into.line(`${present} = true; }${element.min > 0 ? ` else ${FAIL};` : ''}`);
  });
  into.line(`if (${present}) {`);
  if (isUnwrapped) generateItems(generation, into, spine.next as ElementParticle, false);
  else generateContent(generation, into, spine);
  step(into, () => {
    into.line(`close(s, ${isUnwrapped ? 93 : 125}); ${SKIP_SPACE}`);
    into.take(`</${tagName(generation, element.name) ?? ''}>`);
    into.line(`s.scope = ${scope};`);
  });
  into.line('}');
}

function generateOpening(generation: Generation, into: FunctionSource, { element, type }: Spine): void {
  const tagged = taggedElement(generation, element);
  const length = Buffer.byteLength(tagName(generation, element.name) ?? '') + 1;
  const { isAbstract, required, isUnwrapped } = type.content;
  into.line('n++;');
  into.line(`if (c === 62) { p += ${length + 1};`);
  if (isAbstract || required > 0) into.line(`${FAIL};`);
  into.put(isUnwrapped ? '[' : '{');
  const open = into.decoder.constant(openStreamed);
  into.line(`} else p = ${open}(s, p + ${length}, ${into.decoder.constant(tagged)});`);
}

function generateContent(generation: Generation, into: FunctionSource, { before, after, next }: Spine): void {
  generateParticles(generation, into, before);
  if ('kind' in next) generateItems(generation, into, next, true);
  else generateSpine(generation, into, next, true);
  generateParticles(generation, into, after);
}

function generateParticles(
  generation: Generation,
  into: FunctionSource,
  particles: readonly Particle[],
): void {
  if (particles.length === 0) return;
  const name = generation.addFunction((part) => {
    for (const particle of particles) generateParticle(generation, part, particle);
  });
  // What may follow the last of them must be seen too, before it is decided that it is not one more of them.
  step(into, () => {
    into.line(`p = ${name}(s, p); ${LOOK_AHEAD}`);
  });
}

function generateItems(
  generation: Generation,
  into: FunctionSource,
  element: ElementParticle,
  isMember: boolean,
): void {
  const count = into.decoder.name('n');
  const more = into.decoder.name('h');
  const member = JSON.stringify(element.jsonName);
  into.line(`let ${count} = 0, ${more} = true; while (${more}) {`);
  step(into, () => {
    into.line(`${LOOK_AHEAD} ${more} = ${openTest(generation, element.name)}; if (${more}) {`);
    if (isMember) {
      into.line(`if (${count} === 0) {`);
      into.put(`${member}:[`);
      into.line('}');
    }
    generateValue(generation, into, element);
    into.line('}');
  });
  into.line(`if (${more} && ++${count} === 1) s.firstItemEnd = s.position;`);
  into.line(`if (${more} && s.used > s.flushAt) yield ${MAY_FLUSH}; }`);
  step(into, () => {
    if (element.min > 0) into.line(`if (${count} < ${element.min}) ${FAIL};`);
    if (!isMember) return;
    into.line(`if (${count} > 0) close(s, 93); else {`);
    if (element.always === true) into.put(`${member}:[],`);
    into.line('}');
  });
}
