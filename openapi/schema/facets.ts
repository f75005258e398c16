import type { Facets } from '../../wsdl/index.ts';
import type { ScalarShape } from '../scalar-shape.ts';
import type { SchemaObject } from './json-schema.ts';
import { toPatterns } from './pattern-facets.ts';

const BOUND_KEYWORDS = {
  minInclusive: 'minimum',
  maxInclusive: 'maximum',
  minExclusive: 'exclusiveMinimum',
  maxExclusive: 'exclusiveMaximum',
} as const;

const BOUND_FACETS = Object.keys(BOUND_KEYWORDS) as (keyof typeof BOUND_KEYWORDS)[];

/** Types whose length XSD counts in octets, or not at all (XSD 1.0 Part 2, 4.3.1.3). */
const LENGTH_IN_OTHER_UNITS: ReadonlySet<string> = new Set([
  'base64Binary',
  'hexBinary',
  'QName',
  'NOTATION',
]);

/** Narrows the schema of a built-in type by facets; what JSON Schema cannot say goes to `x-xsd-facets`. */
export function applyFacets(
  schema: SchemaObject,
  facets: Facets,
  builtin: string,
  shape: ScalarShape,
): SchemaObject {
  const unsaid: Record<string, string | number> = {};
  const narrowed = {
    ...schema,
    ...(shape === 'number' ? toBounds(schema, facets) : keepBounds(facets, unsaid)),
    ...toLengths(facets, builtin, unsaid),
    ...toFraction(schema, facets, builtin, shape, unsaid),
  };
  const patterned = shape === 'string' ? addPatterns(narrowed, facets) : narrowed;
  return Object.keys(unsaid).length > 0 ? { ...patterned, 'x-xsd-facets': unsaid } : patterned;
}

function toBounds(schema: SchemaObject, facets: Facets): SchemaObject {
  const bounds: SchemaObject = {};
  for (const facet of BOUND_FACETS) {
    const limit = Number(facets[facet] ?? NaN);
    if (Number.isFinite(limit)) bounds[BOUND_KEYWORDS[facet]] = limit;
  }
  if (facets.totalDigits !== undefined && schema.type === 'integer' && facets.totalDigits < 16) {
    const most = 10 ** facets.totalDigits - 1;
    bounds.maximum = Math.min(bounds.maximum ?? schema.maximum ?? most, most);
    bounds.minimum = Math.max(bounds.minimum ?? schema.minimum ?? -most, -most);
  }
  return bounds;
}

/** Bounds of what JSON has as a string. */
function keepBounds(facets: Facets, unsaid: Record<string, string | number>): SchemaObject {
  for (const facet of [...BOUND_FACETS, 'totalDigits'] as const) {
    const value = facets[facet];
    if (value !== undefined) unsaid[facet] = value;
  }
  return {};
}

/** JSON Schema and XSD both count characters, not UTF-16 units. */
function toLengths(facets: Facets, builtin: string, unsaid: Record<string, string | number>): SchemaObject {
  const { length, minLength = length, maxLength = length } = facets;
  const limits = {
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
  if (!LENGTH_IN_OTHER_UNITS.has(builtin)) return limits;
  if (builtin === 'base64Binary' || builtin === 'hexBinary') Object.assign(unsaid, limits);
  return {};
}

/** Trailing zeros do not count: the facet is about the value (XSD 1.0 Part 2, 4.3.12). */
function toFraction(
  schema: SchemaObject,
  { fractionDigits }: Facets,
  builtin: string,
  shape: ScalarShape,
  unsaid: Record<string, string | number>,
): SchemaObject {
  if (fractionDigits === undefined || builtin !== 'decimal') return {};
  if (shape === 'string' && schema.pattern !== undefined) {
    return {
      pattern: `^[+-]?([0-9]+(\\.[0-9]{0,${fractionDigits}}0*)?|\\.(?=[0-9])[0-9]{0,${fractionDigits}}0*)$`,
    };
  }
  unsaid.fractionDigits = fractionDigits;
  return {};
}

function addPatterns(schema: SchemaObject, facets: Facets): SchemaObject {
  const patterns = toPatterns(facets.patterns ?? []);
  const [only, ...more] = patterns;
  if (only === undefined) return schema;
  if (schema.pattern === undefined && more.length === 0) return { ...schema, pattern: only };
  return { ...schema, allOf: patterns.map((pattern) => ({ pattern })) };
}
