import type { JsonSchema, SchemaObject } from './json-schema.ts';

/** Members that stand together in a JSON object, on the way to a schema. */
export interface ObjectShape {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  readonly dependentRequired: Readonly<Record<string, readonly string[]>>;
  /** Choices: each must hold besides. */
  readonly choices: readonly SchemaObject[];
  /** Every member that may occur, those of the choices included. */
  readonly names: readonly string[];
  /** Whether no member at all is fine. */
  readonly isEmptiable: boolean;
}

export const EMPTY_SHAPE: ObjectShape = {
  properties: {},
  required: [],
  dependentRequired: {},
  choices: [],
  names: [],
  isEmptiable: true,
};

export function memberShape(name: string, schema: JsonSchema, isRequired: boolean): ObjectShape {
  return {
    ...EMPTY_SHAPE,
    properties: { [name]: schema },
    required: isRequired ? [name] : [],
    names: [name],
    isEmptiable: !isRequired,
  };
}

/** All of them: a sequence, or element content with attributes. */
export function joinShapes(shapes: readonly ObjectShape[]): ObjectShape {
  return {
    properties: Object.fromEntries(shapes.flatMap((shape) => Object.entries(shape.properties))),
    required: shapes.flatMap((shape) => shape.required),
    dependentRequired: Object.fromEntries(shapes.flatMap((shape) => Object.entries(shape.dependentRequired))),
    choices: shapes.flatMap((shape) => shape.choices),
    names: shapes.flatMap((shape) => shape.names),
    isEmptiable: shapes.every((shape) => shape.isEmptiable),
  };
}

/** All of the members or none: an optional sequence. */
export function optionalShape(shape: ObjectShape): ObjectShape {
  if (shape.isEmptiable) return shape;
  if (shape.choices.length > 0) return choiceShape([shape], true);
  const dependent = shape.names.map((name) => {
    const others = new Set([...(shape.dependentRequired[name] ?? []), ...shape.required]);
    others.delete(name);
    return [name, [...others]] as const;
  });
  return {
    ...shape,
    required: [],
    dependentRequired: Object.fromEntries(dependent.filter(([, others]) => others.length > 0)),
    isEmptiable: true,
  };
}

/** Exactly one of the branches, or none of them if `isOptional`. */
export function choiceShape(branches: readonly ObjectShape[], isOptional: boolean): ObjectShape {
  const named = branches.filter(({ names }) => names.length > 0);
  const isEmptiable = isOptional || branches.length === 0 || branches.some((branch) => branch.isEmptiable);
  const [only] = named;
  if (only === undefined) return EMPTY_SHAPE;
  if (named.length === 1 && (!isEmptiable || only.choices.length === 0))
    return isEmptiable ? optionalShape(only) : only;
  const names = [...new Set(named.flatMap((branch) => branch.names))];
  const overlap = names.length < named.reduce((count, branch) => count + branch.names.length, 0);
  const schemas = named.map((branch) => toBranch(branch, overlap ? names : []));
  const none: SchemaObject = { properties: forbid(names) };
  return {
    ...EMPTY_SHAPE,
    choices: [{ oneOf: isEmptiable ? [...schemas, none] : schemas }],
    names,
    isEmptiable,
  };
}

/**
 * One alternative of a `oneOf`. Branches without a name in common need not exclude each other: a value with members of
 * two of them fits both, which `oneOf` refuses, or leaves some unevaluated, which the object around refuses.
 */
function toBranch(shape: ObjectShape, allNames: readonly string[]): SchemaObject {
  const foreign = allNames.filter((name) => !shape.names.includes(name));
  const branch = toBareObject({ ...shape, properties: { ...shape.properties, ...forbid(foreign) } });
  if (!shape.isEmptiable) return branch;
  const [only, ...others] = shape.names;
  if (only !== undefined && others.length === 0) return { ...branch, required: [only] };
  return { ...branch, not: { properties: forbid(shape.names) } };
}

function forbid(names: readonly string[]): Record<string, JsonSchema> {
  return Object.fromEntries(names.map((name) => [name, false]));
}

/** The JSON Schema of an object with these members and no others. */
export function toObjectSchema(shape: ObjectShape): SchemaObject {
  const schema: SchemaObject = { type: 'object', ...toBareObject(shape) };
  // Only unevaluatedProperties sees the members that a choice names.
  return shape.choices.length > 0
    ? { ...schema, unevaluatedProperties: false }
    : { ...schema, additionalProperties: false };
}

function toBareObject({ properties, required, dependentRequired, choices }: ObjectShape): SchemaObject {
  const [only, ...others] = choices;
  return {
    ...(Object.keys(properties).length > 0 && { properties: { ...properties } }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
    ...(Object.keys(dependentRequired).length > 0 && {
      dependentRequired: Object.fromEntries(
        Object.entries(dependentRequired).map(([name, needs]) => [name, [...needs]]),
      ),
    }),
    ...(others.length > 0 ? { allOf: [...choices] } : only),
  };
}
