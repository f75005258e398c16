/** A pattern as the automaton needs it. `source` is a JavaScript expression for exactly one character. */
export type PatternTree =
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternTree[] }
  | { readonly kind: 'choice'; readonly branches: readonly PatternTree[] }
  | { readonly kind: 'repeat'; readonly node: PatternTree; readonly min: number; readonly max: number };

/** The JavaScript expression that matches the same, not anchored. */
export function sourceOf(tree: PatternTree): string {
  switch (tree.kind) {
    case 'character':
      return tree.source;
    case 'sequence':
      return tree.parts.map(sourceOf).join('');
    case 'choice':
      return `(?:${tree.branches.map(sourceOf).join('|')})`;
    case 'repeat':
      return `${groupedSource(tree.node)}${quantifierOf(tree)}`;
  }
}

function groupedSource(node: PatternTree): string {
  return node.kind === 'character' || node.kind === 'choice' ? sourceOf(node) : `(?:${sourceOf(node)})`;
}

function quantifierOf({ min, max }: { readonly min: number; readonly max: number }): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/**
 * About how many ways a backtracking engine may try for a text of so many characters; Infinity where a repeated group
 * leaves it a choice each time, so that the ways multiply without end.
 */
export function waysOf(tree: PatternTree, length: number): number {
  switch (tree.kind) {
    case 'character':
      return 1;
    case 'sequence':
      return tree.parts.reduce((ways, part) => ways * waysOf(part, length), 1);
    case 'choice':
      return tree.branches.reduce((ways, branch) => ways + waysOf(branch, length), 0);
    case 'repeat': {
      const inner = waysOf(tree.node, length);
      if (inner > 1 && tree.max > 1) return tree.max === tree.min ? inner ** tree.max : Infinity;
      return inner * (Math.min(tree.max, Math.max(length, tree.min)) - tree.min + 1);
    }
  }
}
