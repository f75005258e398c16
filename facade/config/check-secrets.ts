import type { ConfigProblem, KeyPath } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** A secret that stands in the file itself ends up in version control. `paths` lead from `value`, the whole configuration. */
export function checkSecrets(value: unknown, paths: readonly KeyPath[], source: YamlSource): ConfigProblem[] {
  return paths
    .filter((path) => typeof valueAt(value, path) === 'string')
    .filter((path) => !source.substituted.has(path.join('.')))
    .map((path) =>
      source.problemAt(path, 'a secret must not stand in this file: write ${NAME} or { file: path }'),
    );
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (parent, key) =>
      typeof parent === 'object' && parent !== null ? (parent as Record<string, unknown>)[key] : undefined,
    value,
  );
}
