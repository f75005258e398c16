import { PatternAutomaton, PatternTooCostly } from './pattern-automaton.ts';
import type { PatternExpression } from './pattern.ts';
import { waysOf } from './pattern-tree.ts';

/** Ways that JavaScript's engine may try on one text before the automaton, slower but steady, takes its place. */
const MOST_WAYS = 100_000;

export type Matcher = (text: string) => boolean | PatternTooCostly;

/**
 * Whether a text matches, in bounded time: JavaScript's engine goes back and tries again, for minutes or for ever if a
 * hostile pattern or value asks for it, so it only gets what it can do in few ways. What is too much even for the automaton
 * has no answer but the reason.
 */
export function createMatcher({ source, flags, tree }: PatternExpression): Matcher {
  const expression = new RegExp(source, flags);
  let automaton: PatternAutomaton | undefined;
  return (text) => {
    const ways = waysOf(tree, text.length);
    if (ways <= Math.max(MOST_WAYS, text.length + 1)) return expression.test(text);
    try {
      automaton ??= new PatternAutomaton(tree);
      return automaton.matches(text);
    } catch (error) {
      if (error instanceof PatternTooCostly) return error;
      throw error;
    }
  };
}
