import type { ConfigSchema, SchemaType } from './portico-schema.ts';
import type { KeyPath } from './config-problem.ts';

/** The schema of the value at `path`, or undefined if the schema knows no such key. */
export function schemaAt(schema: ConfigSchema, path: KeyPath): ConfigSchema | undefined {
  return path.reduce<ConfigSchema | undefined>((parent, key) => {
    if (parent === undefined) return undefined;
    if (parent.items !== undefined) return parent.items;
    const { properties = {}, additionalProperties } = parent;
    if (Object.hasOwn(properties, key)) return properties[key];
    return additionalProperties === false ? undefined : additionalProperties;
  }, schema);
}

export function typesOf(schema: ConfigSchema | undefined): readonly SchemaType[] {
  const type = schema?.type ?? [];
  return typeof type === 'string' ? [type] : type;
}
