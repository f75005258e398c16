import type { Contract, Message, Operation } from '../../wsdl/index.ts';
import { membersOfMessage } from '../members.ts';
import type { RouteBinary, RouteMapping } from '../route.ts';
import type { Report } from './mapping-problem.ts';
import { resolveMember } from './resolve-member.ts';

/**
 * Which member of the input may be the whole body of a request, and which of the output that of an answer. Where the row does
 * not say: the only binary member of the input; the only member of the output, if it is binary. What is published has to
 * be JSON.
 */
export function planBinary(
  contract: Contract,
  { input, output }: Operation,
  row: RouteMapping,
  report: Report,
): RouteBinary | undefined {
  const takesBody = row.method !== 'GET' && row.method !== 'DELETE';
  const request = takesBody
    ? (memberOf(contract, input, row.binary?.request, 'request', report) ?? onlyBinary(contract, input))
    : undefined;
  const response =
    output && row.publish === undefined
      ? (memberOf(contract, output, row.binary?.response, 'response', report) ?? onlyMember(contract, output))
      : undefined;
  return request || response ? { ...(request && { request }), ...(response && { response }) } : undefined;
}

function memberOf(
  contract: Contract,
  message: Message,
  dotted: string | undefined,
  field: 'request' | 'response',
  report: Report,
): readonly string[] | undefined {
  if (dotted === undefined) return undefined;
  const found = resolveMember(contract, message, dotted);
  if (typeof found === 'string') report(['binary', field], found);
  else if (found.members.at(-1)!.isBinary) return found.path;
  else report(['binary', field], `"${dotted}" is not a single binary value.`);
  return undefined;
}

function onlyBinary(contract: Contract, message: Message): readonly string[] | undefined {
  const [only, ...others] = membersOfMessage(contract, message).filter(({ isBinary }) => isBinary);
  return only && others.length === 0 ? [only.name] : undefined;
}

function onlyMember(contract: Contract, message: Message): readonly string[] | undefined {
  const [only, ...others] = membersOfMessage(contract, message);
  return only?.isBinary && others.length === 0 ? [only.name] : undefined;
}
