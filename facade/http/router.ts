import { ConfigError } from '../config/config-problem.ts';

/** What a router finds: parameters are still percent-encoded text of the path's segments, by name. */
export interface Match<T> {
  readonly target: T;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Literal segments before parameters; the cost depends on the length of the path, not on the number of routes. */
export interface Router<T> {
  find(method: string, path: string): Match<T> | undefined;
  /** The methods that `path` has, in the order they were added; empty if there is no such path. */
  methodsOf(path: string): readonly string[];
}

export interface RouterEntry<T> {
  readonly method: string;
  /** Path template, `/v1/accounts/{accountId}`. */
  readonly path: string;
  readonly target: T;
}

interface Branch<T> {
  readonly literals: Map<string, Branch<T>>;
  parameter?: Branch<T>;
  leaf?: { readonly target: T; readonly names: readonly string[]; readonly path: string };
}

/** @throws ConfigError if two entries match the same requests. */
export function createRouter<T>(entries: readonly RouterEntry<T>[]): Router<T> {
  const roots = new Map<string, Branch<T>>();
  for (const entry of entries) {
    const root = roots.get(entry.method) ?? { literals: new Map() };
    roots.set(entry.method, root);
    insert(root, entry);
  }
  return {
    find(method, path) {
      const root = roots.get(method);
      return root && findIn(root, path);
    },
    methodsOf: (path) =>
      [...roots].filter(([, root]) => findIn(root, path) !== undefined).map(([method]) => method),
  };
}

function insert<T>(root: Branch<T>, { method, path, target }: RouterEntry<T>): void {
  const names: string[] = [];
  let branch = root;
  for (const segment of segmentsOf(path)) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name !== undefined) names.push(name);
    branch = name === undefined ? literal(branch, segment) : (branch.parameter ??= { literals: new Map() });
  }
  if (branch.leaf)
    throw new ConfigError([
      {
        path: ['services'],
        message: `two routes answer ${method} ${path}: the other is ${branch.leaf.path}; give one of them another path`,
      },
    ]);
  branch.leaf = { target, names, path };
}

function literal<T>(branch: Branch<T>, segment: string): Branch<T> {
  const next = branch.literals.get(segment) ?? { literals: new Map() };
  branch.literals.set(segment, next);
  return next;
}

function findIn<T>(root: Branch<T>, path: string): Match<T> | undefined {
  const values: string[] = [];
  const leaf = walk(root, path, 1, values);
  if (leaf === undefined) return undefined;
  const parameters: Record<string, string> = {};
  for (let index = 0; index < values.length; index += 1) parameters[leaf.names[index]!] = values[index]!;
  return { target: leaf.target, parameters };
}

/**
 * Goes back to a parameter where a literal led nowhere: `/a/{x}/c` answers `/a/b/c` beside `/a/b/d`. A segment begins at
 * `start`; the path is not split, as each request would pay for the array.
 */
function walk<T>(branch: Branch<T>, path: string, start: number, values: string[]): Branch<T>['leaf'] {
  if ((start > path.length && path !== '') || path === '/') return branch.leaf;
  const slash = path.indexOf('/', start);
  const end = slash === -1 ? path.length : slash;
  const segment = path.slice(start, end);
  const next = branch.literals.get(decodeLiteral(segment));
  const found = next && walk(next, path, end + 1, values);
  if (found !== undefined || branch.parameter === undefined || segment === '') return found;
  values.push(segment);
  const byParameter = walk(branch.parameter, path, end + 1, values);
  if (byParameter === undefined) values.pop();
  return byParameter;
}

function segmentsOf(path: string): readonly string[] {
  return path === '/' ? [] : path.slice(1).split('/');
}

/** RFC 3986, 6.2.2.2: `%61` and `a` are the same. What does not decode matches no literal. */
function decodeLiteral(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
