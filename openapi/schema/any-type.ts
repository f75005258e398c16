import type { SchemaObject } from './json-schema.ts';

const ANY_ATTRIBUTES: SchemaObject = { type: 'object', additionalProperties: { type: 'string' } };

const SIMPLE_BUILTIN = '^(xs|soapenc):(?!anyType$)';

/** xs:anyType (XSD 1.0 Part 1, 3.4.7): text, raw XML, or by `@type` the JSON of any type of the contract. */
export function toAnyTypeSchema(): SchemaObject {
  return {
    description:
      'Any content: text, XML, or a value of the type that "@type" names ("xs:..." for built-in ones).',
    oneOf: [
      { type: 'string' },
      {
        type: 'object',
        properties: {
          '@mixed': { type: 'string', description: 'Text and elements, as XML.' },
          '@anyAttribute': ANY_ATTRIBUTES,
        },
        required: ['@mixed'],
        additionalProperties: false,
      },
      toTypedValue({ type: 'string', pattern: SIMPLE_BUILTIN }),
      {
        type: 'object',
        properties: { '@type': { type: 'string', not: { pattern: SIMPLE_BUILTIN } } },
        required: ['@type'],
        additionalProperties: true,
      },
    ],
  };
}

/** A simple value with its type, where that may not be told from the value. */
export function toTypedSchema(): SchemaObject {
  return {
    description: 'A value of the simple type that "@type" names ("xs:..." for built-in ones).',
    ...toTypedValue({ type: 'string' }),
  };
}

function toTypedValue(typeName: SchemaObject): SchemaObject {
  return {
    type: 'object',
    properties: { '@type': typeName, value: { type: ['string', 'number', 'boolean', 'array'] } },
    required: ['@type', 'value'],
    additionalProperties: false,
  };
}

/** A nil element of xs:anyType that has attributes. */
export function toAnyTypeNilSchema(): SchemaObject {
  return {
    type: 'object',
    properties: { '@nil': { const: true }, '@type': { type: 'string' }, '@anyAttribute': ANY_ATTRIBUTES },
    required: ['@nil'],
    additionalProperties: true,
  };
}
