import type { JsonSchema, SchemaObject } from '../schema/json-schema.ts';

/** Keywords that hold one schema, a list of them, or schemas by name. */
const SINGLE = ['items', 'additionalProperties', 'unevaluatedProperties', 'propertyNames', 'not'] as const;
const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;

/**
 * A schema as the Schema Object of AsyncAPI 3.0 takes it, which is JSON Schema draft 7. `discriminator` is a text there, and means
 * that the names of components are the values; ours are told by the `const` in each variant, so it is left out.
 */
export function toAsyncSchema(schema: SchemaObject): SchemaObject {
  const result = { ...schema };
  delete result.discriminator;
  for (const keyword of SINGLE) {
    const below = schema[keyword];
    if (below !== undefined) result[keyword] = convert(below);
  }
  for (const keyword of LISTS) {
    const below = schema[keyword];
    if (below !== undefined) result[keyword] = below.map(convert);
  }
  if (schema.properties !== undefined) result.properties = byName(schema.properties);
  return result;
}

function convert(schema: JsonSchema): JsonSchema {
  return typeof schema === 'boolean' ? schema : toAsyncSchema(schema);
}

function byName(schemas: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convert(schema)]));
}
