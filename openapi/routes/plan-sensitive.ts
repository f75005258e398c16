import type { Contract, Message, Operation } from '../../wsdl/index.ts';
import { membersOfMessage, membersOfType, type Member } from '../members.ts';
import type { RouteMapping } from '../route.ts';
import type { Report } from './mapping-problem.ts';
import { longestMatch, resolveMember } from './resolve-member.ts';

/**
 * Members that nobody should read where a message is written down, of the input, the output or both. What stands in a list of
 * objects is taken as it is written, as routing knows nothing of such members.
 */
export function planSensitive(
  contract: Contract,
  { input, output }: Operation,
  row: RouteMapping,
  report: Report,
): readonly (readonly string[])[] | undefined {
  return row.sensitive?.flatMap((dotted, index) => {
    const path = pathIn(contract, input, dotted) ?? (output && pathIn(contract, output, dotted));
    if (path !== undefined) return [path];
    report(['sensitive', String(index)], `${sentence(contract, input, dotted)} Nor has the output.`);
    return [];
  });
}

function sentence(contract: Contract, input: Message, dotted: string): string {
  const found = resolveMember(contract, input, dotted);
  return typeof found === 'string' ? found : `The input has no member "${dotted}".`;
}

function pathIn(contract: Contract, message: Message, dotted: string): readonly string[] | undefined {
  const path: string[] = [];
  let members: readonly Member[] = membersOfMessage(contract, message);
  for (let rest = dotted; ;) {
    const member = longestMatch(members, rest);
    if (member === undefined) return undefined;
    path.push(member.name);
    if (member.name === rest) return path;
    rest = rest.slice(member.name.length + 1);
    if (member.value.kind === 'opaque') return [...path, ...rest.split('.')];
    if (member.value.kind !== 'object') return undefined;
    members = membersOfType(contract, member.value.type);
  }
}
