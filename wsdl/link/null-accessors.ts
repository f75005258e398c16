import type {
  Binding,
  Body,
  Contract,
  ElementParticle,
  GroupParticle,
  Message,
  Operation,
  Particle,
  TypeDefinition,
} from '../contract.ts';
import type { QNameKey } from '../qname.ts';

/**
 * In an encoded message any accessor may be null (SOAP 1.1, 5.1 and 5.4.1), whether or not its schema says nillable:
 * servers rely on it. So elements of types that only such messages use are made nillable, and the parts of such messages.
 */
export function allowNullAccessors(contract: Contract): Contract {
  const messages = Object.values(contract.bindings).flatMap(({ operations }) =>
    operations.flatMap(messagesOf),
  );
  const encoded = messages.filter(({ body }) => body.use === 'encoded').flatMap(({ body }) => body.members);
  if (encoded.length === 0) return contract;
  const literal = messages.filter(({ body }) => body.use === 'literal').flatMap(({ body }) => body.members);
  const kept = reachable(contract, [...literal, ...messages.flatMap(({ headers }) => headers)]);
  const changed = [...reachable(contract, encoded)].filter((key) => !kept.has(key));
  const types = Object.fromEntries(changed.map((key) => [key, withNulls(contract.types[key]!)]));
  return {
    ...contract,
    types: { ...contract.types, ...types },
    bindings: Object.fromEntries(
      Object.entries(contract.bindings).map(([key, binding]) => [key, withNullParts(binding)]),
    ),
  };
}

function messagesOf({ input, output }: Operation): Message[] {
  return output ? [input, output] : [input];
}

/** The contract's own types that values of the elements may have. */
function reachable(contract: Contract, elements: readonly ElementParticle[]): Set<QNameKey> {
  const keys = new Set(elements.map(({ type }) => type).filter((key) => Object.hasOwn(contract.types, key)));
  for (const key of keys) {
    const type = contract.types[key]!;
    if (type.kind === 'simple') continue;
    const below = type.content.kind === 'elements' ? elementsOf(type.content.model) : [];
    for (const next of [...type.substitutes, ...below.map((element) => element.type)])
      if (Object.hasOwn(contract.types, next)) keys.add(next);
  }
  return keys;
}

function elementsOf(particle: Particle): ElementParticle[] {
  if (particle.kind === 'element') return [particle];
  return particle.kind === 'any' ? [] : particle.particles.flatMap(elementsOf);
}

function withNulls(type: TypeDefinition): TypeDefinition {
  if (type.kind === 'simple' || type.soapArray || type.content.kind !== 'elements') return type;
  return { ...type, content: { ...type.content, model: groupWithNulls(type.content.model) } };
}

function groupWithNulls(group: GroupParticle): GroupParticle {
  return {
    ...group,
    particles: group.particles.map((particle) => {
      if (particle.kind === 'element') return nullable(particle);
      return particle.kind === 'any' ? particle : groupWithNulls(particle);
    }),
  };
}

/** What is fixed cannot be nil (XSD 1.0 Part 1, 3.3.4). */
function nullable(element: ElementParticle): ElementParticle {
  return element.fixed === undefined ? { ...element, nillable: true } : element;
}

function withNullParts(binding: Binding): Binding {
  const message = (given: Message): Message =>
    given.body.use === 'encoded' ? { ...given, body: bodyWithNulls(given.body) } : given;
  return {
    ...binding,
    operations: binding.operations.map((operation) => ({
      ...operation,
      input: message(operation.input),
      ...(operation.output && { output: message(operation.output) }),
    })),
  };
}

/** Parts of document style are global elements: what may stand there is for these to say. */
function bodyWithNulls(body: Body): Body {
  return body.kind === 'rpc' ? { ...body, members: body.members.map(nullable) } : body;
}
