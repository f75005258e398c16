import type { Facets } from '../../wsdl/index.ts';
import { shapeOfBuiltin, type ScalarShape } from '../scalar-shape.ts';
import type { SchemaObject } from './json-schema.ts';
import { toPatterns } from './pattern-facets.ts';

const BOUND_FACETS = ['minInclusive', 'maxInclusive', 'minExclusive', 'maxExclusive'] as const;

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
  if (shape !== 'number') keepBounds(facets, unsaid);
  const narrowed = {
    ...(shape === 'number' ? toBounds(schema, facets) : schema),
    ...(hasLength(builtin) && toLengths(facets, builtin, unsaid)),
    ...toFraction(schema, facets, builtin, shape, unsaid),
  };
  const patterned = shape === 'string' ? addPatterns(narrowed, facets) : narrowed;
  return Object.keys(unsaid).length > 0 ? { ...patterned, 'x-xsd-facets': unsaid } : patterned;
}

/** Length facets of other types are a mistake that compilers let pass: they say nothing (XSD 1.0 Part 2, 4.1.5). */
function hasLength(builtin: string): boolean {
  return shapeOfBuiltin(builtin, 'number') === 'string';
}

function toBounds(schema: SchemaObject, facets: Facets): SchemaObject {
  const { minimum, maximum, ...rest } = schema;
  const lower = tighter(Math.max, boundOf(facets.minInclusive) ?? minimum, boundOf(facets.minExclusive));
  const upper = tighter(Math.min, boundOf(facets.maxInclusive) ?? maximum, boundOf(facets.maxExclusive));
  const most = schema.type === 'integer' ? mostOfDigits(facets.totalDigits) : Infinity;
  return {
    ...rest,
    ...(lower && (lower.isExclusive ? { exclusiveMinimum: lower.limit } : { minimum: lower.limit })),
    ...(upper && (upper.isExclusive ? { exclusiveMaximum: upper.limit } : { maximum: upper.limit })),
    ...(most < (upper?.limit ?? Infinity) && { maximum: most }),
    ...(-most > (lower?.limit ?? -Infinity) && { minimum: -most }),
  };
}

interface Bound {
  readonly limit: number;
  readonly isExclusive: boolean;
}

/** Infinity is no bound in JSON. */
function boundOf(lexical: string | undefined): number | undefined {
  const limit = Number(lexical ?? NaN);
  return Number.isFinite(limit) ? limit : undefined;
}

/** Of an inclusive and an exclusive bound, which may come from different steps of derivation, the one that matters. */
function tighter(
  pick: (...limits: number[]) => number,
  inclusive: number | undefined,
  exclusive: number | undefined,
): Bound | undefined {
  if (exclusive === undefined)
    return inclusive === undefined ? undefined : { limit: inclusive, isExclusive: false };
  const isExclusive = inclusive === undefined || pick(inclusive, exclusive) === exclusive;
  return { limit: isExclusive ? exclusive : inclusive, isExclusive };
}

/** Beyond 15 digits a JSON number has no exact bound. */
function mostOfDigits(totalDigits: number | undefined): number {
  return totalDigits !== undefined && totalDigits < 16 ? 10 ** totalDigits - 1 : Infinity;
}

/** Bounds of what JSON has as a string. */
function keepBounds(facets: Facets, unsaid: Record<string, string | number>): void {
  for (const facet of [...BOUND_FACETS, 'totalDigits'] as const) {
    const value = facets[facet];
    if (value !== undefined) unsaid[facet] = value;
  }
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
