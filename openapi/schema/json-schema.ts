import type { JsonValue } from '../../wsdl/index.ts';

/** JSON Schema 2020-12 as OpenAPI 3.1 takes it; only the keywords used here. */
export type JsonSchema = boolean | SchemaObject;

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

export interface SchemaObject {
  $ref?: string;
  title?: string;
  description?: string;
  type?: JsonType | JsonType[];
  enum?: JsonValue[];
  const?: JsonValue;
  default?: JsonValue;
  format?: string;
  contentMediaType?: string;
  contentEncoding?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  minProperties?: number;
  dependentRequired?: Record<string, string[]>;
  additionalProperties?: JsonSchema;
  unevaluatedProperties?: JsonSchema;
  propertyNames?: JsonSchema;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  not?: JsonSchema;
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  /** Local name of the built-in XSD type, where JSON's own types do not say it. */
  'x-xsd-type'?: string;
  /** Facets that are checked but that JSON Schema cannot say, in their lexical form. */
  'x-xsd-facets'?: Record<string, string | number>;
}

/** Adds `null` to what a schema takes. */
export function toNullable(schema: SchemaObject): SchemaObject {
  if (typeof schema.type === 'string' && !schema.enum && schema.const === undefined && !schema.allOf) {
    return { ...schema, type: [schema.type, 'null'] };
  }
  return { anyOf: [schema, { type: 'null' }] };
}
