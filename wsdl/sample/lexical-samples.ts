import { typeOf } from '../builtin-types.ts';
import type { SimpleType, TypeDefinition } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { atomicSamples } from './atomic-samples.ts';
import type { TextHints } from './believable/believable-text.ts';
import { patternSamples, stretchedSample } from './pattern-sample.ts';
import { SampleError, type Sampler } from './sampler.ts';

/** Tries at one pattern; each is cheap, and most patterns match at the first. */
const patternRounds = 60;
/** Candidates taken from each member of a union. */
const mostPerMember = 40;

/** Lexical forms of a simple type to try in turn, the most believable first. None is verified. */
export function* lexicalSamples(sampler: Sampler, key: QNameKey, name: string): Generator<string> {
  const type = simpleTypeOf(sampler, key);
  if (type.facets.enumeration) yield* enumerated(sampler, type.facets.enumeration);
  else yield* generated(sampler, type, name);
}

function* generated(sampler: Sampler, type: SimpleType, name: string): Generator<string> {
  yield* byVariety(sampler, type, name);
  const { length, minLength, maxLength } = type.facets;
  for (const pattern of (type.facets.patterns ?? []).flat()) {
    yield* patternSamples(pattern, sampler.random, patternRounds);
    for (const wanted of [length, minLength, maxLength]) {
      const text = wanted === undefined ? undefined : stretchedSample(pattern, sampler.random, wanted);
      if (text !== undefined) yield text;
    }
  }
}

function* byVariety(sampler: Sampler, type: SimpleType, name: string): Generator<string> {
  const { variety, facets } = type;
  switch (variety.kind) {
    case 'atomic':
      yield* atomicSamples(variety.builtin, { sampler, name, facets, hints: hintsFor(sampler, type, name) });
      return;
    case 'list':
      yield* listSamples(sampler, type, variety.itemType, name);
      return;
    case 'union':
      for (const member of variety.memberTypes)
        yield* lexicalSamples(sampler, member, name).take(mostPerMember);
  }
}

/** Lists of as many entries as the facets ask for, each of them the first one its own type takes. */
function* listSamples(
  sampler: Sampler,
  { facets }: SimpleType,
  itemType: QNameKey,
  name: string,
): Generator<string> {
  const usual = sampler.mode === 'minimal' ? 1 : 2;
  const count = facets.length ?? Math.max(facets.minLength ?? 1, Math.min(usual, facets.maxLength ?? usual));
  const entries = Array.from(
    { length: Math.min(count, 1000) },
    () => sampler.verified(itemType, name)?.lexical,
  );
  if (!entries.includes(undefined)) yield entries.join(' ');
}

/** From a place that the seed decides, round to all of them: some may not pass the other facets. */
function enumerated(sampler: Sampler, values: readonly string[]): readonly string[] {
  const start = sampler.mode === 'minimal' ? 0 : sampler.random.integer(0, Math.max(0, values.length - 1));
  return [...values.slice(start), ...values.slice(0, start)];
}

function simpleTypeOf(sampler: Sampler, key: QNameKey): SimpleType {
  const type = typeOf(sampler.contract, key);
  if (type.kind !== 'simple') throw new SampleError(`${key} is not a simple type of the contract`);
  return type;
}

function hintsFor({ contract, owners, documentation }: Sampler, type: SimpleType, name: string): TextHints {
  const told = toldOf(contract, type);
  return {
    name,
    owner: owners.at(-1) ?? '',
    types: told.types,
    documentation: `${documentation} ${told.documentation}`.trim(),
  };
}

type Told = Pick<TextHints, 'types' | 'documentation'>;

const toldOfTypes = new WeakMap<SimpleType, Told>();

/** What the type and its bases say, as far as the schema declares them. */
function toldOf({ types }: Sampler['contract'], type: SimpleType): Told {
  const known = toldOfTypes.get(type);
  if (known !== undefined) return known;
  const declared: SimpleType[] = [];
  let next: TypeDefinition | undefined = types[type.key];
  while (next?.kind === 'simple' && !declared.includes(next)) {
    declared.push(next);
    next = next.base === undefined ? undefined : types[next.base];
  }
  const told = {
    types: declared.flatMap(({ qname }) => qname?.local ?? []),
    documentation: declared
      .map((one) => one.documentation ?? '')
      .join(' ')
      .trim(),
  };
  toldOfTypes.set(type, told);
  return told;
}
