import type { Contract, Operation } from '../../wsdl/index.ts';
import { didYouMean } from '../../wsdl/index.ts';
import { membersOfMessage, type Member, type MemberValue } from '../members.ts';
import type { RouteMapping, RouteParameter, RoutePreset } from '../route.ts';
import { isIntegral } from '../scalar-shape.ts';
import { parseInputSource, type InputSource } from './input-binding.ts';
import type { Report } from './mapping-problem.ts';
import { resolveMember } from './resolve-member.ts';
import { missingMembers } from './unbound-members.ts';

export interface PlannedInput {
  readonly parameters: readonly RouteParameter[];
  readonly presets: readonly RoutePreset[];
  readonly hasBody: boolean;
}

/** Decides for each member of the input where it comes from: path, query, header, token, constant or body. */
export function planInput(
  contract: Contract,
  operation: Operation,
  row: RouteMapping,
  templateParameters: readonly string[],
  report: Report,
): PlannedInput {
  const bindings = new Bindings();
  for (const [dotted, entry] of Object.entries(row.input ?? {})) {
    const problem = bindEntry(
      contract,
      operation,
      dotted,
      parseInputSource(entry),
      templateParameters,
      bindings,
    );
    if (problem !== undefined) report(['input', dotted], problem);
  }
  const members = membersOfMessage(contract, operation.input);
  bindTemplate(contract, members, row, templateParameters, bindings, report);
  const takesBody = row.method !== 'GET' && row.method !== 'DELETE';
  if (!takesBody) bindQuery(contract, members, row, bindings, report);
  const hasBody = takesBody && hasMoreThan(bindings, members, operation);
  return { parameters: bindings.parameters, presets: bindings.presets, hasBody };
}

class Bindings {
  readonly parameters: RouteParameter[] = [];
  readonly presets: RoutePreset[] = [];

  has(path: readonly string[]): boolean {
    return this.paths().some(
      (bound) => bound.length === path.length && bound.every((name, index) => name === path[index]),
    );
  }

  paths(): (readonly string[])[] {
    return [...this.parameters, ...this.presets].map(({ member }) => member);
  }

  hasSource(place: RouteParameter['in'], name: string): boolean {
    return this.parameters.some((parameter) => parameter.in === place && parameter.name === name);
  }
}

/** @returns what is wrong with the entry, if anything is. */
function bindEntry(
  contract: Contract,
  operation: Operation,
  dotted: string,
  source: InputSource | string,
  templateParameters: readonly string[],
  bindings: Bindings,
): string | undefined {
  const resolved = resolveMember(contract, operation.input, dotted);
  if (typeof resolved === 'string') return resolved;
  if (typeof source === 'string') return source;
  const member = resolved.members.at(-1)!;
  if ('value' in source) return bindConstant(resolved.path, member, source.value, bindings);
  if ('claim' in source) return bindClaim(resolved.path, member, source.claim, bindings);
  if ('isKey' in source) return bindKey(resolved.path, member, bindings);
  if (source.in === 'path' && !templateParameters.includes(source.name)) {
    return `The path has no parameter {${source.name}}.${didYouMean(source.name, templateParameters)}`;
  }
  const shape = shapeFor(contract, source.in, member.value);
  if (shape === undefined)
    return `"${dotted}" is not a single value, so no ${source.in} parameter can carry it.`;
  const required = source.in === 'path' || resolved.members.every(({ isRequired }) => isRequired);
  bindings.parameters.push({ in: source.in, name: source.name, member: resolved.path, required, shape });
  return undefined;
}

function bindConstant(
  path: readonly string[],
  { value: { kind, ...of } }: Member,
  value: string | number | boolean,
  bindings: Bindings,
): string | undefined {
  if (kind !== 'scalar' || !('of' in of)) return 'Only a member that is a single value can be a constant.';
  if (typeof value !== of.of)
    return `The constant must be a ${of.of}, as the member is in JSON, not a ${typeof value}.`;
  bindings.presets.push({ member: path, from: 'const', value });
  return undefined;
}

function bindClaim(
  path: readonly string[],
  { value }: Member,
  claim: string,
  bindings: Bindings,
): string | undefined {
  if (value.kind !== 'scalar') return 'Only a member that is a single value can come from the token.';
  bindings.presets.push({ member: path, from: 'token', claim });
  return undefined;
}

function bindKey(path: readonly string[], { value }: Member, bindings: Bindings): string | undefined {
  if (value.kind !== 'scalar' || value.of !== 'string')
    return 'Only a member that is a string can take the idempotency key, as a UUID.';
  bindings.presets.push({ member: path, from: 'key' });
  return undefined;
}

/** Arrays travel in the query only, as the parameter repeated. */
function shapeFor(
  contract: Contract,
  place: RouteParameter['in'],
  value: MemberValue,
): RouteParameter['shape'] | undefined {
  if (value.kind !== 'scalar' && value.kind !== 'array') return undefined;
  const shape = value.of === 'number' && isIntegral(contract, value.type) ? 'integer' : value.of;
  if (value.kind === 'scalar') return shape;
  return place === 'query' ? { array: shape } : undefined;
}

/** Path parameters named like a member need no entry. */
function bindTemplate(
  contract: Contract,
  members: readonly Member[],
  { input = {} }: RouteMapping,
  templateParameters: readonly string[],
  bindings: Bindings,
  report: Report,
): void {
  const free = members.filter(({ name, value }) => value.kind === 'scalar' && !bindings.has([name]));
  for (const name of templateParameters) {
    // An entry for it that is wrong has been reported already.
    if (bindings.hasSource('path', name) || Object.values(input).includes(`path.${name}`)) continue;
    const member = free.find((candidate) => candidate.name === name);
    const shape = member && shapeFor(contract, 'path', member.value);
    if (shape !== undefined)
      bindings.parameters.push({ in: 'path', name, member: [name], required: true, shape });
    else report(['path'], unboundParameter(name, free));
  }
}

function unboundParameter(name: string, free: readonly Member[]): string {
  const hint = didYouMean(
    name,
    free.map((member) => member.name),
  );
  return `The path parameter {${name}} is bound to nothing: name it like a member of the input, or bind it under "input".${hint}`;
}

/** GET and DELETE have no body: what is still free and a parameter can carry goes into the query. */
function bindQuery(
  contract: Contract,
  members: readonly Member[],
  { method }: RouteMapping,
  bindings: Bindings,
  report: Report,
): void {
  for (const { name, value, isRequired } of members) {
    const shape = shapeFor(contract, 'query', value);
    if (shape === undefined || bindings.has([name]) || bindings.hasSource('query', name)) continue;
    bindings.parameters.push({ in: 'query', name, member: [name], required: isRequired, shape });
  }
  for (const missing of missingMembers(contract, members, bindings.paths())) {
    report(
      ['method'],
      `${method} has no body to carry the required member "${missing}": use POST, or bind it under "input".`,
    );
  }
}

/** Whether anything is left for a body to say. */
function hasMoreThan(bindings: Bindings, members: readonly Member[], { input }: Operation): boolean {
  return input.headers.length > 0 || members.some(({ name }) => !bindings.has([name]));
}
