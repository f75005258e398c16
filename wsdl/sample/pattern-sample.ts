import { choicesOf, type CharacterSet } from './character-set.ts';
import { parsePattern, type PatternNode } from './pattern-parser.ts';
import type { Random } from './random.ts';

/** How far a repetition may go beyond what it must: tried one after another until the lengths fit. */
const spreads = [2, 0, 1, 4, 8, 16, 32, 64, 128, 256] as const;

/**
 * Strings meant to match an XSD pattern, ever new ones for as long as they are asked for; none if the pattern cannot
 * be read. Character sets are approximate and lengths vary, so the caller verifies each.
 */
export function* patternSamples(pattern: string, random: Random, rounds: number): Generator<string> {
  const node = readable(pattern);
  if (node === undefined) return;
  for (let round = 0; round < rounds; round++) {
    const spread = spreads[round % spreads.length]!;
    const isExact = round % (2 * spreads.length) >= spreads.length;
    yield generate(node, random, (min, max) => {
      const most = Math.min(max, min + spread);
      return isExact ? most : random.integer(min, most);
    });
  }
}

/** Strings that match the pattern with each repetition stretched to bring the whole to `length` characters. */
export function stretchedSample(pattern: string, random: Random, length: number): string | undefined {
  const node = readable(pattern);
  if (node === undefined) return undefined;
  let missing = length - shortest(node);
  return generate(node, random, (min, max) => {
    const more = Math.max(0, Math.min(max - min, missing));
    missing -= more;
    return min + more;
  });
}

function readable(pattern: string): PatternNode | undefined {
  try {
    return parsePattern(pattern);
  } catch (error) {
    // Whether a pattern is sound is the contract compiler's business; here it only means that nothing can be made.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Count = (min: number, max: number) => number;

/** Nodes visited for one string; a hostile `((a{1000}){1000}){1000}` ends there. */
const mostVisits = 20_000;

function generate(root: PatternNode, random: Random, count: Count): string {
  let visits = 0;
  const visit = (node: PatternNode): string => {
    if (visits++ >= mostVisits) return '';
    switch (node.kind) {
      case 'set':
        return oneOf(node.set, random);
      case 'sequence':
        return node.parts.map(visit).join('');
      case 'choice':
        return visit(random.pick(node.branches));
      case 'repeat': {
        let text = '';
        for (let left = count(node.min, node.max); left > 0 && visits < mostVisits; left--)
          text += visit(node.node);
        return text;
      }
    }
  };
  return visit(root);
}

function oneOf(set: CharacterSet, random: Random): string {
  const choices = choicesOf(set);
  return choices.length === 0 ? '' : String.fromCodePoint(random.pick(choices));
}

function shortest(node: PatternNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + shortest(part), 0);
    case 'choice':
      return node.branches.reduce((least, branch) => Math.min(least, shortest(branch)), Infinity);
    case 'repeat':
      return node.min * shortest(node.node);
  }
}
