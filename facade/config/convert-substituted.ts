import { schemaAt, typesOf } from './schema-at.ts';
import type { ConfigSchema } from './portico-schema.ts';
import type { KeyPath } from './config-problem.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * The environment knows only text. Where the schema wants a number or a boolean, a substituted scalar becomes one;
 * elsewhere `"007"` stays what it is. A key whose variables are all empty counts as not written.
 */
export function convertSubstituted(
  value: unknown,
  substituted: ReadonlySet<string>,
  schema: ConfigSchema,
  path: KeyPath = [],
): unknown {
  if (Array.isArray(value))
    return value.map((entry, index) => convertSubstituted(entry, substituted, schema, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, member]) => member !== '' || !substituted.has([...path, key].join('.')))
        .map(([key, member]) => [key, convertSubstituted(member, substituted, schema, [...path, key])]),
    );
  }
  if (typeof value !== 'string' || !substituted.has(path.join('.'))) return value;
  return convert(value, schemaAt(schema, path));
}

function convert(text: string, schema: ConfigSchema | undefined): unknown {
  const types = typesOf(schema);
  if (types.includes('string')) return text;
  if ((types.includes('integer') || types.includes('number')) && NUMBER.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
