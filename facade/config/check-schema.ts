import type { ErrorObject } from 'ajv/dist/2020.js';
import type { ConfigProblem, KeyPath } from './config-problem.ts';
import { didYouMean } from '../../wsdl/index.ts';
import { compiledSchema } from './compiled-schema.ts';
import type { ConfigSchema } from './portico-schema.ts';
import type { YamlSource } from './read-yaml.ts';

/** Checks `value` and fills in the defaults, in place. */
export function checkSchema(value: unknown, source: YamlSource): ConfigProblem[] {
  const validate = compiledSchema();
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter((error) => error.keyword !== 'propertyNames')
    .map((error) => toProblem(error, source));
}

function toProblem(error: ErrorObject, source: YamlSource): ConfigProblem {
  const path = parsePointer(error.instancePath);
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = (error.params as { additionalProperty: string }).additionalProperty;
      const known = Object.keys((error.parentSchema as ConfigSchema).properties ?? {});
      return source.problemAt(
        [...path, key],
        `unknown key.${didYouMean(key, known) || ` Known here: ${known.join(', ')}.`}`,
        'key',
      );
    }
    case 'required': {
      const key = (error.params as { missingProperty: string }).missingProperty;
      return source.problemAt(path, `"${key}" is missing`, 'key');
    }
    default:
      if (error.propertyName === undefined) return source.problemAt(path, expectation(error));
      return source.problemAt(
        [...path, error.propertyName],
        'a name is a letter, then letters, digits and hyphens, all lower case',
        'key',
      );
  }
}

/** What is expected; the value found is left out, as it may be a secret. */
function expectation(error: ErrorObject): string {
  const schema = error.parentSchema as ConfigSchema;
  switch (error.keyword) {
    case 'type':
      return `must be ${[schema.type].flat().map(withArticle).join(' or ')}`;
    case 'enum':
      return `must be one of ${(schema.enum ?? []).join(', ')}.${didYouMean(String(error.data), schema.enum ?? [])}`;
    case 'minimum':
    case 'maximum':
      return `must be from ${schema.minimum ?? ''} to ${schema.maximum ?? ''}`;
    case 'pattern':
      return `must match ${schema.pattern ?? ''}`;
    case 'minLength':
    case 'minItems':
      return 'must not be empty';
    default:
      return error.message ?? 'is not valid';
  }
}

function withArticle(type = 'value'): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function parsePointer(pointer: string): KeyPath {
  const segments = pointer.split('/').slice(1);
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
