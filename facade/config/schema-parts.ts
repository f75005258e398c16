import type { ConfigSchema } from './portico-schema.ts';

export function integer(
  description: string,
  minimum: number,
  maximum: number,
  standard: number,
): ConfigSchema {
  return { description, type: 'integer', minimum, maximum, default: standard };
}

export function seconds(description: string, standard: number, maximum = 3600): ConfigSchema {
  return integer(description, 1, maximum, standard);
}

export function text(description: string, standard?: string): ConfigSchema {
  return {
    description,
    type: 'string',
    minLength: 1,
    ...(standard !== undefined && { default: standard }),
  };
}

export function names(description: string): ConfigSchema {
  return { description, type: 'array', items: { type: 'string', minLength: 1 }, default: [] };
}

/** A closed object: unknown keys are refused. */
export function record(
  description: string,
  properties: Readonly<Record<string, ConfigSchema>>,
  required: readonly string[] = [],
): ConfigSchema {
  return {
    description,
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
  };
}

/** As a variable or `{ file: path }`; `checkSecrets` refuses what stands in the file itself. */
export function secret(description: string): ConfigSchema {
  return {
    description: `${description} A secret: \`\${NAME}\` or \`{ file: path }\`.`,
    type: ['string', 'object'],
    minLength: 1,
    properties: { file: text('A file that holds it, relative to this file.') },
    required: ['file'],
    additionalProperties: false,
  };
}
