import { ANY_TYPE, type ComplexType, type Contract, type Particle, type QNameKey } from '../../wsdl/index.ts';
import { takeName, toPascalCase } from '../words.ts';
import { isPolymorphic } from '../polymorphism.ts';
import type { ComponentRole } from './scope.ts';

/** Names of a service's components, unique over the document. */
export interface ComponentNames {
  nameOf(type: QNameKey, role: ComponentRole): string;
  /** A further name of this service, e.g. for a fault. */
  take(wanted: string): string;
}

export interface NamedContract {
  readonly name: string;
  readonly contract: Contract;
}

/**
 * Decides every component name from the contracts alone, so that a route more or less renames nothing. A service's
 * name comes first only where another service, or the document itself, has the name too.
 */
export function createComponentNames(
  services: readonly NamedContract[],
  reserved: readonly string[],
): ComponentNames[] {
  const everywhere = [...reserved, ...Object.values(ANY_TYPE_NAMES)];
  const uses = new Map<string, number>(everywhere.map((name) => [name, 1]));
  for (const { contract } of services) {
    for (const type of Object.values(contract.types)) uses.set(type.name, (uses.get(type.name) ?? 0) + 1);
  }
  const taken = new Set(uses.keys());
  return services.map((service) => namesOfService(service, uses, taken));
}

/** A type that is only ever named by `@type` needs no suffix for it: nothing else of the type can have its name. */
function namesOfService(
  { name, contract }: NamedContract,
  uses: Map<string, number>,
  taken: Set<string>,
): ComponentNames {
  const names = new Map<string, string>();
  const prefixed = (wanted: string): string => takeName(toPascalCase(name) + wanted, taken);
  const own = Object.values(contract.types).map((type) => {
    const unique = uses.get(type.name) === 1 ? type.name : prefixed(type.name);
    return { type, unique };
  });
  const declared = typesOfParticles(contract);
  for (const { type, unique } of own) {
    names.set(`declared ${type.key}`, unique);
    if (type.kind === 'simple') continue;
    const isVariantOnly = !declared.has(type.key) && !isPolymorphic(type);
    names.set(`plain ${type.key}`, takeName(`${unique}Plain`, taken));
    names.set(`variant ${type.key}`, isVariantOnly ? unique : takeName(`${unique}Variant`, taken));
    names.set(`nil ${type.key}`, takeName(`${unique}Nil`, taken));
  }
  return {
    nameOf: (key, role) => (key === ANY_TYPE ? ANY_TYPE_NAMES[role] : names.get(`${role} ${key}`)!),
    take: (wanted) => (taken.has(wanted) ? prefixed(wanted) : takeName(wanted, taken)),
  };
}

/** The same in every contract, so that services share them. */
const ANY_TYPE_NAMES: Readonly<Record<ComponentRole, string>> = {
  declared: 'AnyType',
  plain: 'AnyType',
  variant: 'AnyType',
  nil: 'AnyTypeNil',
};

/** Types that some element declares, so that their JSON may stand without `@type`. */
function typesOfParticles(contract: Contract): Set<QNameKey> {
  const found = new Set<QNameKey>();
  const visit = (particle: Particle): void => {
    if (particle.kind === 'element') found.add(particle.type);
    else if (particle.kind !== 'any') particle.particles.forEach(visit);
  };
  const visitType = ({ content }: ComplexType): void => {
    if ((content.kind === 'elements' || content.kind === 'mixed') && content.model) visit(content.model);
  };
  for (const type of Object.values(contract.types)) if (type.kind === 'complex') visitType(type);
  Object.values(contract.elements).forEach(visit);
  for (const binding of Object.values(contract.bindings)) {
    for (const { input, output, faults } of binding.operations) {
      for (const message of [input, ...(output ? [output] : [])])
        [...message.body.members, ...message.headers].forEach(visit);
      faults.forEach(({ detail }) => {
        visit(detail);
      });
    }
  }
  return found;
}
