import type { Contract } from '../../wsdl/index.ts';
import { membersOfMessage } from '../members.ts';
import type { RouteMapping } from '../route.ts';
import { toKebabCase } from '../words.ts';
import { findOperation, preferredPortsOf, type BoundOperation } from './bound-port.ts';
import { parsePathTemplate } from './path-template.ts';
import { isRead, toPathParameters } from './read-operation.ts';

/**
 * One row for each operation of the preferred port of each portType. Reads are GET, with path parameters for required
 * members that identify something; all else is POST.
 */
export function inferMapping(contract: Contract, service: string): RouteMapping[] {
  const taken = new Set<string>();
  return preferredPortsOf(contract).flatMap((bound) =>
    bound.binding.operations.map((operation) => inferRow(contract, service, { ...bound, operation }, taken)),
  );
}

function inferRow(
  contract: Contract,
  service: string,
  bound: BoundOperation,
  taken: Set<string>,
): RouteMapping {
  const { operation, port } = bound;
  const isGet = isRead(contract, operation);
  const parameters = isGet ? toPathParameters(membersOfMessage(contract, operation.input)) : [];
  const isDefaultPort = findOperation(contract, operation.id)?.port === port;
  return {
    operation: operation.id,
    ...(!isDefaultPort && { port: port.name }),
    method: isGet ? 'GET' : 'POST',
    path: takePath(service, bound, parameters, taken),
  };
}

/** `/v1/<service>/<operation>/{parameter}...`; the portType comes between where another portType has the name. */
function takePath(
  service: string,
  bound: BoundOperation,
  parameters: readonly string[],
  taken: Set<string>,
): string {
  const operation = toKebabCase(bound.operation.id) || 'operation';
  const tail = parameters.map((parameter) => `/{${parameter}}`).join('');
  const base = `/v1/${toKebabCase(service) || 'service'}`;
  const short = `${base}/${operation}${tail}`;
  if (takesPattern(short, taken)) return short;
  const portType = toKebabCase(bound.binding.portType.local) || 'port';
  const long = `${base}/${portType}/${operation}`;
  for (let number = 1; ; number += 1) {
    const path = `${number === 1 ? long : `${long}-${number}`}${tail}`;
    if (takesPattern(path, taken)) return path;
  }
}

function patternOf(path: string): string {
  const template = parsePathTemplate(path);
  return typeof template === 'string' ? path : template.pattern;
}

/** Takes `path` unless another route has it. */
function takesPattern(path: string, taken: Set<string>): boolean {
  const pattern = patternOf(path);
  if (taken.has(pattern)) return false;
  taken.add(pattern);
  return true;
}
