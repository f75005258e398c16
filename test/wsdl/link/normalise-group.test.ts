import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Draft } from '../../../wsdl/link/draft.ts';
import { normalise } from '../../../wsdl/link/normalise-group.ts';
import { multiply } from '../../../wsdl/link/occurrence.ts';

const LONGEST = 5;

/** Every sequence of element names up to LONGEST that a particle allows. */
function languageOf(particle: Draft | undefined): Set<string> {
  if (!particle) return new Set(['']);
  const once = onceOf(particle);
  const { min, max } = particle;
  let words = new Set(['']);
  const all = new Set<string>();
  // Past min + LONGEST repetitions nothing new and short enough can come.
  const most = max === 'unbounded' ? min + LONGEST : Math.min(max, min + LONGEST);
  for (let count = 0; count <= most; count++) {
    if (count >= min) for (const word of words) all.add(word);
    words = concatenate(words, once);
  }
  return all;
}

function onceOf(particle: Draft): Set<string> {
  if (particle.kind === 'element') return new Set([particle.facts.name.local]);
  if (particle.kind === 'any') return new Set(['*']);
  const languages = particle.particles.map(languageOf);
  if (particle.kind === 'choice') return new Set(languages.flatMap((language) => [...language]));
  return languages.reduce(concatenate, new Set(['']));
}

function concatenate(left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> {
  const words = [...left].flatMap((start) => [...right].map((end) => start + end));
  return new Set(words.filter((word) => word.length <= LONGEST));
}

function element(local: string, min: number, max: Draft['max']): Draft {
  return {
    kind: 'element',
    min,
    max,
    facts: { name: { namespace: '', local }, type: 'string', nillable: false },
  };
}

const occurs = fc.constantFrom<[number, Draft['max']]>(
  [1, 1],
  [0, 1],
  [0, 0],
  [0, 'unbounded'],
  [1, 'unbounded'],
  [2, 3],
  [0, 2],
  [2, 2],
);
const { draft } = fc.letrec<{ draft: Draft }>((tie) => ({
  draft: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'groups' },
    fc.tuple(fc.constantFrom('a', 'b', 'c'), occurs).map(([local, [min, max]]) => element(local, min, max)),
    fc
      .tuple(
        fc.constantFrom('sequence' as const, 'choice' as const),
        occurs,
        fc.array(tie('draft'), { maxLength: 3, depthIdentifier: 'groups' }),
      )
      // A choice without branches allows nothing at all, which no schema means.
      .map(([kind, [min, max], particles]): Draft => ({
        kind: particles.length === 0 ? 'sequence' : kind,
        min,
        max,
        particles,
      })),
  ),
}));

describe('normalise', () => {
  it('keeps the language of every content model', () => {
    fc.assert(
      fc.property(draft, (model) => {
        const before = [...languageOf(model)].sort();
        const after = [...languageOf(normalise(model))].sort();
        assert.deepEqual(after, before);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no group that adds nothing', () => {
    const nested: Draft = {
      kind: 'sequence',
      min: 1,
      max: 1,
      particles: [{ kind: 'choice', min: 0, max: 'unbounded', particles: [element('a', 1, 1)] }],
    };
    assert.deepEqual(normalise(nested), element('a', 0, 'unbounded'));
  });
});

describe('multiply', () => {
  it('multiplies occurrences that leave no gap', () => {
    assert.deepEqual(multiply({ min: 0, max: 'unbounded' }, { min: 1, max: 1 }), {
      min: 0,
      max: 'unbounded',
    });
    assert.deepEqual(multiply({ min: 2, max: 2 }, { min: 3, max: 4 }), { min: 6, max: 8 });
    assert.deepEqual(multiply({ min: 0, max: 1 }, { min: 1, max: 'unbounded' }), {
      min: 0,
      max: 'unbounded',
    });
  });

  it('refuses those that do: pairs are not any even or odd number', () => {
    assert.equal(multiply({ min: 1, max: 'unbounded' }, { min: 2, max: 2 }), undefined);
    assert.equal(multiply({ min: 0, max: 1 }, { min: 2, max: 'unbounded' }), undefined);
  });
});
