import type { ElementParticle, GroupParticle, Particle } from '../../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import type { DecodePlan } from '../decode/message-plan.ts';
import { onlyElement } from '../encode/unwrapped.ts';
import { FAIL, FunctionSource, SKIP_SPACE } from './decoder-source.ts';
import { generateValue, openTest, taggedElement } from './generate-element.ts';
import { generateParticle } from './generate-model.ts';
import { isRepeating, tagName, type GeneratedType, type Generation } from './generation.ts';
import { openStreamed } from './tagged-element.ts';

/** Elements around a long array; where none is found so near, it is looked for further inside. */
const NEAR = 3;
const DEEPEST = 8;
/** Elements that are read in steps: each has code of its own. */
const MOST_SPINES = 24;

/** What a generated stream decoder yields: more bytes are needed; JSON may be taken, as an item of the long array has ended. */
export const NEEDS_BYTES = 0;
export const MAY_FLUSH = 1;

/** An element that has long arrays in it. */
interface Spine {
  readonly element: ElementParticle;
  readonly type: GeneratedType;
  /** Its content in order. */
  readonly steps: readonly SpineStep[];
}

/** Particles read at once, an element read in steps itself, or a long array. */
type SpineStep =
  | { readonly kind: 'particles'; readonly particles: readonly Particle[] }
  | { readonly kind: 'spine'; readonly spine: Spine }
  | { readonly kind: 'items'; readonly element: ElementParticle };

/**
 * The generator that reads a message piece by piece, pausing between the items of its long arrays. Each step
 * either succeeds or is tried again when there are more bytes. @returns its name; undefined if there is no such array.
 */
export function generateStream(
  generation: Generation,
  { message, soapVersion }: DecodePlan,
): string | undefined {
  const { wrapper, shape, members } = message.body;
  const [only] = members;
  if (wrapper !== undefined || shape !== 'value' || only === undefined) return undefined;
  const spine =
    new SpineFinder(generation, NEAR).find(only, []) ?? new SpineFinder(generation, DEEPEST).find(only, []);
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

class SpineFinder {
  readonly #generation: Generation;
  readonly #deepest: number;
  #count = 0;

  constructor(generation: Generation, deepest: number) {
    this.#generation = generation;
    this.#deepest = deepest;
  }

  /** @param around types of the elements around it. @returns undefined if there is no long array in it. */
  find(element: ElementParticle, around: readonly string[]): Spine | undefined {
    const type = this.#generation.complexType(element.type);
    const isTooFar = around.length > this.#deepest || around.includes(element.type);
    if (type === undefined || isTooFar || isRepeating(element.max) || this.#count >= MOST_SPINES)
      return undefined;
    const { content, unwrapped } = type.definition;
    if (content.kind !== 'elements' || element.default !== undefined || element.fixed !== undefined)
      return undefined;
    const steps: SpineStep[] = unwrapped
      ? [{ kind: 'items', element: onlyElement(type.definition) }]
      : this.#stepsOf(content.model, [...around, element.type]);
    if (steps.every(({ kind }) => kind === 'particles')) return undefined;
    this.#count += 1;
    return { element, type, steps };
  }

  #stepsOf({ kind, min, max, particles }: GroupParticle, around: readonly string[]): SpineStep[] {
    if (kind !== 'sequence' || min !== 1 || max !== 1) return [];
    const steps: SpineStep[] = [];
    let run: Particle[] = [];
    for (const particle of particles) {
      const step = particle.kind === 'element' ? this.#stepOf(particle, around) : undefined;
      if (step === undefined) run.push(particle);
      else {
        steps.push({ kind: 'particles', particles: run }, step);
        run = [];
      }
    }
    return [...steps, { kind: 'particles', particles: run }];
  }

  #stepOf(element: ElementParticle, around: readonly string[]): SpineStep | undefined {
    if (isLong(element)) return { kind: 'items', element };
    const spine = this.find(element, around);
    return spine && { kind: 'spine', spine };
  }
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
  for (const next of spine.steps) {
    if (next.kind === 'particles') generateParticles(generation, into, next.particles);
    else if (next.kind === 'spine') generateSpine(generation, into, next.spine, true);
    else generateItems(generation, into, next.element, !isUnwrapped);
  }
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
