import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from '../../wsdl/index.ts';
import { toItemCounts, toMemberSchema } from './element.ts';
import type { SchemaObject } from './json-schema.ts';
import {
  choiceShape,
  EMPTY_SHAPE,
  joinShapes,
  memberShape,
  optionalShape,
  toObjectSchema,
  type ObjectShape,
} from './object-shape.ts';
import { NO_OMISSIONS, type Omissions, type SchemaScope } from './scope.ts';

/** The members that a particle stands for (XSD 1.0 Part 1, 3.8 and 3.9). */
export function shapeOfParticle(scope: SchemaScope, particle: Particle, omissions: Omissions): ObjectShape {
  if (particle.max === 0) return EMPTY_SHAPE;
  switch (particle.kind) {
    case 'element':
      return shapeOfElement(scope, particle, omissions);
    case 'any':
      return shapeOfWildcard(scope, particle);
    case 'sequence':
    case 'choice':
    case 'all':
      return particle.jsonName === undefined
        ? shapeOfGroup(scope, particle, omissions)
        : shapeOfRepeatingGroup(scope, particle, particle.jsonName);
  }
}

function shapeOfElement(scope: SchemaScope, element: ElementParticle, omissions: Omissions): ObjectShape {
  const omission = omissions.get(element.jsonName);
  if (omission === true) return EMPTY_SHAPE;
  if (omission === undefined) {
    return memberShape(element.jsonName, toMemberSchema(scope, element), isAlwaysThere(scope, element));
  }
  const rest = scope.objectWithout(element.type, omission);
  const isNeeded = element.min > 0 && (rest.required ?? []).length > 0;
  return rest.properties || rest.allOf || rest.oneOf
    ? memberShape(element.jsonName, rest, isNeeded)
    : EMPTY_SHAPE;
}

function isAlwaysThere(scope: SchemaScope, { min, always }: ElementParticle | WildcardParticle): boolean {
  return min > 0 || (always === true && scope.direction === 'output');
}

function shapeOfWildcard(scope: SchemaScope, wildcard: WildcardParticle): ObjectShape {
  const raw: SchemaObject = { type: 'string', description: 'An element, as XML.' };
  const schema: SchemaObject =
    wildcard.max === 1 ? raw : { type: 'array', items: raw, ...toItemCounts(wildcard) };
  return memberShape(wildcard.jsonName, schema, isAlwaysThere(scope, wildcard));
}

function shapeOfGroup(scope: SchemaScope, group: GroupParticle, omissions: Omissions): ObjectShape {
  if (group.kind === 'choice') {
    const branches = branchesOf(group);
    const shapes = branches.particles.map((branch) => shapeOfParticle(scope, branch, omissions));
    return choiceShape(shapes, branches.isOptional);
  }
  const joined = joinShapes(group.particles.map((particle) => shapeOfParticle(scope, particle, omissions)));
  return group.min === 0 ? optionalShape(joined) : joined;
}

/** A choice directly within a choice adds its branches to it. */
function branchesOf(group: GroupParticle): { particles: Particle[]; isOptional: boolean } {
  const parts = group.particles.map((particle) =>
    particle.kind === 'choice' && particle.max === 1
      ? branchesOf(particle)
      : { particles: [particle], isOptional: false },
  );
  return {
    particles: parts.flatMap((part) => part.particles),
    isOptional: group.min === 0 || parts.some((part) => part.isOptional),
  };
}

/** One object an occurrence, in document order. */
function shapeOfRepeatingGroup(scope: SchemaScope, group: GroupParticle, name: string): ObjectShape {
  const { kind, particles } = group;
  const once = shapeOfGroup(scope, { kind, particles, min: 1, max: 1 }, NO_OMISSIONS);
  const min = once.isEmptiable ? 0 : group.min;
  const schema: SchemaObject = {
    type: 'array',
    // An occurrence without any element would vanish in XML.
    items: { ...toObjectSchema(once), ...(once.isEmptiable && { minProperties: 1 }) },
    ...toItemCounts({ min, max: group.max }),
  };
  return memberShape(name, schema, min > 0);
}
