import type { Contract, Message, Operation } from '../../wsdl/index.ts';
import type { PagingMapping, RoutePaging } from '../paging.ts';
import type { RouteMapping, RouteParameter } from '../route.ts';
import type { Report } from './mapping-problem.ts';
import { resolveMember } from './resolve-member.ts';

/** As most services that say nothing have it. */
const DEFAULT_LIMIT = 20;

export interface PlannedPaging {
  readonly paging?: RoutePaging;
  readonly parameters: readonly RouteParameter[];
}

/** Resolves `paging` of a row; its parameter then takes cursors, whatever the member is to the service. */
export function planPaging(
  contract: Contract,
  { input, output }: Operation,
  row: RouteMapping,
  parameters: readonly RouteParameter[],
  report: Report,
): PlannedPaging {
  const { paging } = row;
  if (paging === undefined) return { parameters };
  const problem = problemOf(paging, row, output);
  if (problem !== undefined || output === undefined) {
    report(['paging'], problem ?? 'The operation has no output.');
    return { parameters };
  }
  const inputOf = (field: 'cursor' | 'offset' | 'limit'): RouteParameter | undefined =>
    boundMember(contract, input, paging[field]!, field, parameters, report);
  const outputOf = (field: 'next' | 'entries'): readonly string[] | undefined =>
    memberOf(contract, output, paging[field]!, field, report);
  const limit = paging.limit === undefined ? undefined : inputOf('limit');
  const source = inputOf(paging.cursor === undefined ? 'offset' : 'cursor');
  const read = outputOf(paging.cursor === undefined ? 'entries' : 'next');
  if (source === undefined || read === undefined) return { parameters };
  const base = { parameter: source.name, member: source.member };
  return {
    paging:
      paging.cursor === undefined
        ? {
            ...base,
            kind: 'offset',
            limit: limit?.member ?? [],
            defaultLimit: paging.defaultLimit ?? DEFAULT_LIMIT,
            entries: read,
          }
        : { ...base, kind: 'token', next: read, ...(limit && { limit: limit.member }) },
    // A client that names no page gets the first, and is not asked for more.
    parameters: parameters.map((parameter) => {
      if (parameter === source) return { ...parameter, shape: 'string', required: false };
      return parameter === limit ? { ...parameter, required: false } : parameter;
    }),
  };
}

/** What is wrong between its keys. */
function problemOf(
  { cursor, next, offset, limit, entries }: PagingMapping,
  row: RouteMapping,
  output: Message | undefined,
): string | undefined {
  if (row.method !== 'GET') return `Only answers to GET come page by page, and this row is ${row.method}.`;
  if (row.cache)
    return 'Links to other pages are made for each caller, so that the answer cannot be kept: remove "cache".';
  if (output === undefined) return 'The operation has no output.';
  if ((cursor === undefined) === (offset === undefined))
    return 'Exactly one of "cursor" and "offset" is needed.';
  if (cursor !== undefined)
    return next === undefined ? '"cursor" needs "next", where the answer has the next one.' : undefined;
  return limit === undefined || entries === undefined
    ? '"offset" needs "limit", how many entries a page has, and "entries", where the answer has them.'
    : undefined;
}

function boundMember(
  contract: Contract,
  input: Message,
  dotted: string,
  field: string,
  parameters: readonly RouteParameter[],
  report: Report,
): RouteParameter | undefined {
  const member = memberOf(contract, input, dotted, field, report);
  if (member === undefined) return undefined;
  const bound = parameters.find(
    (parameter) => parameter.in === 'query' && parameter.member.join('\n') === member.join('\n'),
  );
  if (bound === undefined || typeof bound.shape === 'object')
    report(['paging', field], `"${dotted}" must be bound to a query parameter that is one value.`);
  return bound;
}

function memberOf(
  contract: Contract,
  message: Message,
  dotted: string,
  field: string,
  report: Report,
): readonly string[] | undefined {
  const found = resolveMember(contract, message, dotted);
  if (typeof found !== 'string') return found.path;
  report(['paging', field], found);
  return undefined;
}
