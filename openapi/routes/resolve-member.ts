import type { Contract, Message } from '../../wsdl/index.ts';
import { didYouMean } from '../../wsdl/index.ts';
import { membersOfHeader, membersOfMessage, membersOfType, type Member } from '../members.ts';

export interface ResolvedMember {
  readonly path: readonly string[];
  /** The member itself last, preceded by the objects around it. */
  readonly members: readonly Member[];
}

const HEADER: Member = { name: '@header', isRequired: false, inChoice: false, value: { kind: 'opaque' } };

/** Follows a dotted path into the input of an operation. @returns the member, or a sentence on what is wrong. */
export function resolveMember(contract: Contract, input: Message, dotted: string): ResolvedMember | string {
  const inHeader = dotted.startsWith(`${HEADER.name}.`);
  const found: Member[] = inHeader ? [HEADER] : [];
  let members = inHeader ? membersOfHeader(contract, input) : membersOfMessage(contract, input);
  for (let rest = inHeader ? dotted.slice(HEADER.name.length + 1) : dotted; ;) {
    const member = longestMatch(members, rest);
    if (!member) return unknownMember(dotted, rest, found, members);
    found.push(member);
    if (member.name === rest) return { path: found.map(({ name }) => name), members: found };
    if (member.value.kind !== 'object')
      return `"${member.name}" in "${dotted}" has no members that can be bound.`;
    members = membersOfType(contract, member.value.type);
    rest = rest.slice(member.name.length + 1);
  }
}

/** XML names, and so JSON names, may have dots of their own. */
export function longestMatch(members: readonly Member[], rest: string): Member | undefined {
  const matches = members.filter(({ name }) => rest === name || rest.startsWith(`${name}.`));
  return matches.sort((left, right) => right.name.length - left.name.length)[0];
}

function unknownMember(
  dotted: string,
  rest: string,
  around: readonly Member[],
  members: readonly Member[],
): string {
  const where = around.length > 0 ? `"${around.map(({ name }) => name).join('.')}"` : 'The input';
  const wanted = around.length > 0 ? rest : dotted;
  const hint = didYouMean(
    wanted,
    members.map(({ name }) => name),
  );
  return `${where} has no member "${wanted}".${hint}`;
}
