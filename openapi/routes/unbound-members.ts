import type { Contract } from '../../wsdl/index.ts';
import { membersOfType, type Member } from '../members.ts';

/**
 * Dotted paths of the members that every valid input has and that no binding gives. An object is asked for its own
 * members only where some of them are bound: else it is missing as a whole.
 */
export function missingMembers(
  contract: Contract,
  members: readonly Member[],
  bound: readonly (readonly string[])[],
): string[] {
  return members.flatMap((member) => {
    const below = bound.filter(([first]) => first === member.name).map((path) => path.slice(1));
    if (below.length === 0) return member.isRequired ? [member.name] : [];
    if (below.some((path) => path.length === 0) || member.value.kind !== 'object') return [];
    const inner = missingMembers(contract, membersOfType(contract, member.value.type), below);
    return inner.map((name) => `${member.name}.${name}`);
  });
}
