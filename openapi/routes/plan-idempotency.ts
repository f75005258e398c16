import { didYouMean, type Contract, type Message, type Operation } from '../../wsdl/index.ts';
import { membersOfMessage } from '../members.ts';
import type {
  IdempotencyMapping,
  RouteIdempotency,
  RouteMapping,
  RoutePreset,
  RouteSettle,
  SettleBinding,
  SettleMapping,
} from '../route.ts';
import { findOperation, type BoundOperation } from './bound-port.ts';
import type { Report } from './mapping-problem.ts';
import { resolveMember } from './resolve-member.ts';
import { missingMembers } from './unbound-members.ts';

/** Longer than a call may wait for its answer by default, so that the request cannot be on its way any more. */
const AFTER_SECONDS = 60;

/** What an Idempotency-Key means to a row; nothing to a read. */
export function planIdempotency(
  contract: Contract,
  { operation, port }: BoundOperation,
  row: RouteMapping,
  presets: readonly RoutePreset[],
  report: Report,
): { readonly idempotency?: RouteIdempotency } {
  const mapping = toMapping(row.idempotency);
  if (row.method === 'GET') {
    if (row.idempotency !== undefined && mapping.key !== 'off')
      report(['idempotency'], 'A GET changes nothing, so that it needs no key: remove this.');
    return {};
  }
  const { key = 'optional', deduplicates = false, settle } = mapping;
  const sendsKey = presets.some(({ from }) => from === 'key');
  if (deduplicates && !sendsKey)
    report(
      ['idempotency', 'deduplicates'],
      'The service knows calls again by a member of theirs: bind it under "input" to idempotency.key.',
    );
  if (key === 'off') {
    if (deduplicates || settle)
      report(['idempotency', 'key'], 'Without a key nothing can be settled: use optional or required.');
    return {};
  }
  const planned = settle && planSettle(contract, operation, port.name, settle, sendsKey, report);
  return { idempotency: { key, deduplicates, ...(planned && { settle: planned }) } };
}

function toMapping(written: RouteMapping['idempotency'] = {}): IdempotencyMapping {
  return typeof written === 'string' ? { key: written } : written;
}

function planSettle(
  contract: Contract,
  call: Operation,
  port: string,
  settle: SettleMapping,
  sendsKey: boolean,
  report: Report,
): RouteSettle | undefined {
  const at = (field: readonly string[], message: string): void =>
    report(['idempotency', 'settle', ...field], message);
  const bound = findOperation(contract, settle.operation, port) ?? findOperation(contract, settle.operation);
  if (bound === undefined) {
    at(['operation'], `The contract has no operation "${settle.operation}".`);
    return undefined;
  }
  const query = bound.operation;
  checkOutput(contract, call, query, at);
  checkVerdict(contract, query, settle, at);
  const input = Object.entries(settle.input).flatMap(([dotted, entry]): SettleBinding[] => {
    const binding = toBinding(contract, call, query, dotted, entry, sendsKey);
    if (typeof binding !== 'string') return [binding];
    at(['input', dotted], binding);
    return [];
  });
  const members = membersOfMessage(contract, query.input);
  for (const missing of missingMembers(
    contract,
    members,
    input.map(({ member }) => member),
  ))
    at(['input'], `The query needs "${missing}": say where it comes from.`);
  return {
    wsdlService: bound.service.name,
    port: bound.port.name,
    operation: query.id,
    input,
    ...(settle.notFound !== undefined && { notFound: settle.notFound }),
    ...(settle.found !== undefined && { found: settle.found.split('.') }),
    afterSeconds: settle.afterSeconds ?? AFTER_SECONDS,
  };
}

type At = (field: readonly string[], message: string) => void;

/** The query's output becomes the answer, so it has to be of the same make. */
function checkOutput(contract: Contract, call: Operation, query: Operation, at: At): void {
  if (shapeOf(contract, call.output) === shapeOf(contract, query.output)) return;
  at(
    ['operation'],
    `The output of "${query.id}" is to be the answer, but has other members than that of "${call.id}".`,
  );
}

function shapeOf(contract: Contract, output: Message | undefined): string {
  if (output === undefined) return '';
  const members = membersOfMessage(contract, output);
  return JSON.stringify(members.map(({ name, isRequired, value }) => [name, isRequired, value]));
}

function checkVerdict(
  contract: Contract,
  query: Operation,
  { notFound, found }: SettleMapping,
  at: At,
): void {
  if (notFound === undefined && found === undefined)
    at(
      [],
      'How does the query say that nothing was done? Name a fault of it under "notFound", or a member under "found".',
    );
  const faults = query.faults.map(({ name }) => name);
  if (notFound !== undefined && !faults.includes(notFound))
    at(['notFound'], `"${query.id}" declares no fault "${notFound}".${didYouMean(notFound, faults)}`);
  if (found === undefined || query.output === undefined) return;
  const member = resolveMember(contract, query.output, found);
  if (typeof member === 'string') at(['found'], member);
}

/** @returns the binding, or a sentence on what is wrong with it. */
function toBinding(
  contract: Contract,
  call: Operation,
  query: Operation,
  dotted: string,
  entry: SettleMapping['input'][string],
  sendsKey: boolean,
): SettleBinding | string {
  const resolved = resolveMember(contract, query.input, dotted);
  if (typeof resolved === 'string') return resolved;
  const { path: member } = resolved;
  if (typeof entry !== 'string') return { member, from: 'const', value: entry.const };
  if (entry === 'idempotency.key')
    return sendsKey
      ? { member, from: 'key' }
      : 'The service never got the key: bind a member of the call to idempotency.key under "input".';
  if (!entry.startsWith('input.'))
    return `"${entry}": write input.<member>, idempotency.key or { const: <value> }.`;
  const source = resolveMember(contract, call.input, entry.slice('input.'.length));
  return typeof source === 'string' ? source : { member, from: 'input', path: source.path };
}
