import type { Route } from '../route.ts';
import type { Omissions } from '../schema/scope.ts';

/** The members of a route's input that do not come from the body, as a tree. */
export function omissionsOf({ parameters, presets }: Pick<Route, 'parameters' | 'presets'>): Omissions {
  return toTree([...parameters, ...presets].map(({ member }) => member));
}

function toTree(paths: readonly (readonly string[])[]): Omissions {
  const tree = new Map<string, true | Omissions>();
  for (const name of new Set(paths.flatMap(([first]) => first ?? []))) {
    const below = paths.filter(([first]) => first === name).map((path) => path.slice(1));
    tree.set(name, below.some((path) => path.length === 0) ? true : toTree(below));
  }
  return tree;
}
