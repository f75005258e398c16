import type { Route, RoutePaging } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import { memberAt, setMember } from '../../operations/member.ts';
import type { Principal } from '../../operations/principal.ts';
import type { InputFault } from '../problem.ts';
import type { Cursors } from './cursors.ts';

/** The page that a request asks for, as far as links to others need it. */
export interface Page {
  readonly binding: string;
  /** With offsets: the first entry. */
  readonly offset: number;
  readonly limit: number;
}

/** Puts what a cursor stands for into the input, in its place. */
export function openPage(
  route: Route,
  paging: RoutePaging,
  principal: Principal,
  input: JsonValue,
  cursors: Cursors,
): Page | InputFault {
  const binding = bindingOf(route, paging, principal, input);
  const cursor = memberAt(input, paging.member);
  const page = typeof cursor === 'string' ? cursors.open(cursor, binding) : '';
  if (page === undefined)
    return {
      parameter: paging.parameter,
      in: 'query',
      code: 'lexical',
      detail:
        'Is no cursor of this list, for you. Take it from the Link of an answer; without it you get the first page.',
    };
  if (paging.kind === 'token') {
    if (cursor !== undefined) setMember(input, paging.member, page);
    return { binding, offset: 0, limit: 0 };
  }
  return openOffset(paging, input, Number(page), binding);
}

/** The service is always told both, so that its own defaults cannot differ. */
function openOffset(
  { member, limit, defaultLimit }: Extract<RoutePaging, { kind: 'offset' }>,
  input: JsonValue,
  offset: number,
  binding: string,
): Page {
  const asked = memberAt(input, limit);
  const isNumber = typeof asked === 'number' || asked === undefined;
  if (asked === undefined) setMember(input, limit, defaultLimit);
  setMember(input, member, isNumber ? offset : String(offset));
  return { binding, offset, limit: Number(asked ?? defaultLimit) };
}

/** The list and who asks for it: its parameters but those that say where in it, and how much. */
function bindingOf(
  route: Route,
  { member, limit }: RoutePaging,
  principal: Principal,
  input: JsonValue,
): string {
  const others = route.parameters.filter(
    (parameter) => !isSame(parameter.member, member) && !isSame(parameter.member, limit),
  );
  const values = others.map((parameter) => memberAt(input, parameter.member) ?? null);
  return JSON.stringify([
    route.service,
    route.method,
    route.path,
    principal.issuer,
    principal.subject,
    values,
  ]);
}

function isSame(left: readonly string[], right: readonly string[] | undefined): boolean {
  return (
    right !== undefined && left.length === right.length && left.every((name, index) => name === right[index])
  );
}
