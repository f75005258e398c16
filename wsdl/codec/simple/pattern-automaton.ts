import type { PatternTree } from './pattern-tree.ts';

/** Why a pattern or a text is too much for the automaton; the message follows the text that is matched. */
export class PatternTooCostly extends Error {
  override readonly name = 'PatternTooCostly';
}

/** States of one automaton: `x{1,1000}` has a thousand for x. */
const MOST_STATES = 20_000;
/** Steps for one text: a fraction of a second. */
const MOST_STEPS = 10_000_000;

const TOO_LONG = `is too long for its pattern: matching takes more than ${MOST_STEPS} steps`;
const TOO_LARGE = `cannot be checked: its pattern has more than ${MOST_STATES} states`;

/** Leads on one character that `test` takes to `next`; without a test, at once to all of `next`. */
interface State {
  readonly test?: RegExp;
  readonly next: number[];
}

/**
 * Matches a pattern in time proportional to the text, whatever the two are: all states that can be reached are followed
 * at once (K. Thompson, Regular Expression Search Algorithm, 1968), so there is nothing to go back to.
 */
export class PatternAutomaton {
  readonly #states: State[] = [];
  readonly #start: number;
  readonly #end: number;

  /** @throws PatternTooCostly if it would have too many states. */
  constructor(tree: PatternTree) {
    this.#end = this.#add({ next: [] });
    this.#start = this.#build(tree, this.#end);
  }

  /** @throws PatternTooCostly if the text is too long for the pattern. */
  matches(text: string): boolean {
    let steps = 0;
    let current = this.#closure([this.#start]);
    for (const character of text) {
      const reached: number[] = [];
      for (const index of current) {
        const { test, next } = this.#states[index]!;
        if (test?.test(character) === true) reached.push(...next);
      }
      current = this.#closure(reached);
      if (current.size === 0) return false;
      steps += current.size;
      if (steps > MOST_STEPS) throw new PatternTooCostly(TOO_LONG);
    }
    return current.has(this.#end);
  }

  /** The states given and all that follow from them without a character. */
  #closure(states: readonly number[]): Set<number> {
    const closure = new Set(states);
    for (const index of closure) {
      const { test, next } = this.#states[index]!;
      if (test === undefined) for (const follower of next) closure.add(follower);
    }
    return closure;
  }

  #add(state: State): number {
    if (this.#states.length >= MOST_STATES) throw new PatternTooCostly(TOO_LARGE);
    return this.#states.push(state) - 1;
  }

  /** @returns the state that begins the tree, whose end leads to `after`. */
  #build(tree: PatternTree, after: number): number {
    switch (tree.kind) {
      case 'character':
        return this.#add({ test: new RegExp(`^${tree.source}$`, 'u'), next: [after] });
      case 'sequence':
        return tree.parts.reduceRight((next, part) => this.#build(part, next), after);
      case 'choice':
        return this.#add({ next: tree.branches.map((branch) => this.#build(branch, after)) });
      case 'repeat':
        return this.#buildRepeat(tree, after);
    }
  }

  #buildRepeat({ node, min, max }: PatternTree & { readonly kind: 'repeat' }, after: number): number {
    let next = after;
    if (max === Infinity) {
      const loop: State = { next: [after] };
      next = this.#add(loop);
      loop.next.push(this.#build(node, next));
    } else {
      for (let left = max - min; left > 0; left--)
        next = this.#add({ next: [after, this.#build(node, next)] });
    }
    for (let left = min; left > 0; left--) next = this.#build(node, next);
    return next;
  }
}
