import type { SchemaObject } from './json-schema.ts';

/** xs:anyType (XSD 1.0 Part 1, 3.4.7): raw XML, or by `@type` the JSON of any type of the contract. */
export function toAnyTypeSchema(): SchemaObject {
  return {
    description:
      'Any content: as XML, or as a value of the type that "@type" names ("xs:..." for built-in ones).',
    oneOf: [
      {
        type: 'object',
        properties: {
          '@mixed': { type: 'string', description: 'Text and elements, as XML.' },
          '@anyAttribute': { type: 'object', additionalProperties: { type: 'string' } },
        },
        required: ['@mixed'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: { '@type': { type: 'string' } },
        required: ['@type'],
        additionalProperties: true,
      },
    ],
  };
}
