import type { Route } from '../../../openapi/index.ts';
import type { JsonValue, ValueFault } from '../../../wsdl/index.ts';
import { checkInput } from '../../operations/check-input.ts';
import { hasMember, setMember, toPointer } from '../../operations/member.ts';
import type { Principal } from '../../operations/principal.ts';
import type { ServerConfig } from '../../config/config.ts';
import type { Exchange } from '../exchange.ts';
import type { InputFault } from '../problem.ts';
import type { Cursors } from '../paging/cursors.ts';
import { openPage } from '../paging/open-page.ts';
import { assertMediaType } from './assert-media-type.ts';
import { parseBody, type ParsedBody } from './parse-body.ts';
import { problemOfFaults } from './problem-of-faults.ts';
import { isBinaryRequest, readBinary } from './read-binary.ts';
import { hasBody, readBody } from './read-body.ts';
import { readParameters } from './read-parameters.ts';

export interface InputGuards {
  readonly limits: ServerConfig;
  readonly cursors: Cursors;
}

/**
 * Body and parameters, merged into the operation's input. Faults found here are told together with those that the contract
 * finds. `mayStream`: the content of a binary body may still be on its way. @throws ProblemError 400, 403, 408, 413, 415
 */
export function readInput(
  exchange: Exchange,
  principal: Principal,
  { limits, cursors }: InputGuards,
  mayStream: boolean,
): JsonValue | Promise<JsonValue> {
  const isBinary = isBinaryRequest(exchange);
  if (!isBinary && !exchange.operation.route.hasBody)
    return merge(exchange, principal, cursors, { value: {}, faults: [] });
  const body = isBinary ? readBinary(exchange, limits, mayStream) : readJson(exchange, limits);
  return body.then((read) => merge(exchange, principal, cursors, read));
}

function merge(exchange: Exchange, principal: Principal, cursors: Cursors, body: ParsedBody): JsonValue {
  const { operation, request, record } = exchange;
  const { route } = operation;
  const parameters = readParameters(route, {
    path: exchange.pathParameters,
    query: exchange.query,
    headers: request.headers,
    requestId: record.requestId,
  });
  const found = parameters.faults;
  if (route.hasBody) found.unshift(...[...body.faults, ...boundMembers(route, body.value)].map(toInputFault));
  for (const { member, value } of parameters.values) setMember(body.value, member, value);
  const { paging } = route;
  if (paging !== undefined) {
    const page = openPage(route, paging, principal, body.value, cursors);
    if ('binding' in page) exchange.page = page;
    else found.push(page);
  }
  if (found.length > 0) throw problemOfFaults(route, checkInput(operation, principal, body.value), found);
  return body.value;
}

/** A request without a body stands for one without members. */
async function readJson({ request, deadline }: Exchange, limits: ServerConfig): Promise<ParsedBody> {
  if (!hasBody(request)) return { value: {}, faults: [] };
  assertMediaType(request.headers);
  return parseBody(await readBody(request, limits.bodyBytes, deadline), limits.jsonDepth);
}

/** Members that come from elsewhere: nobody may overrule the token, or a path, from the body. */
function boundMembers({ parameters, presets }: Route, body: JsonValue): ValueFault[] {
  const bound = [...parameters, ...presets].filter(({ member }) => hasMember(body, member));
  return bound.map((one) => ({
    pointer: toPointer(one.member),
    code: 'unknown-member',
    message:
      'name' in one
        ? `Comes from the ${one.in} parameter "${one.name}"; leave it out of the body.`
        : 'Is set by the API; leave it out of the body.',
  }));
}

function toInputFault({ pointer, code, message }: ValueFault): InputFault {
  return { pointer, code, detail: message };
}
