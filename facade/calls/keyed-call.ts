import { createHash, randomUUID } from 'node:crypto';
import type { Route } from '../../openapi/index.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import type { NewCommand } from '../commands/command-store.ts';
import { prepare, type PreparedCall } from '../operations/invoke.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';

/** A call that a key of its caller names, or one of ours that nobody else knows; it fits its contract and has not been sent. */
export interface KeyedCall {
  readonly operation: OperationRuntime;
  readonly principal: Principal;
  readonly prepared: PreparedCall;
  readonly keyUuid: string;
  readonly command: Omit<NewCommand, 'claim'>;
  /** The operation as which it was deferred, and whose turn it is now. */
  readonly deferredAs?: string;
  /** Its caller may come back to it by its key. */
  readonly isNamed: boolean;
}

/** Fills in what the API sets itself, and checks it all. `input` may be changed. @throws ClaimError, ValueError */
export function prepareKeyed(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
  key: string,
): KeyedCall {
  const keyUuid = uuidOfKey(principal, key);
  const prepared = prepare(operation, principal, input, keyUuid);
  const command = commandOf(operation.route, principal, key, prepared.input);
  return { operation, principal, prepared, keyUuid, command, isNamed: true };
}

/** A call whose ending has to be written down though its caller gave it no name. @throws ClaimError, ValueError */
export function prepareUnnamed(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
): KeyedCall {
  return { ...prepareKeyed(operation, principal, input, randomUUID()), isNamed: false };
}

/** What the store knows of a keyed request: hashes, so that neither key nor payload lies in it. */
function commandOf(
  { service, method, path }: Route,
  { issuer, subject }: Principal,
  key: string,
  input: JsonValue,
): Omit<NewCommand, 'claim'> {
  const operation = `${service} ${method} ${path}`;
  return {
    id: hashOf(JSON.stringify([issuer, subject, key])),
    fingerprint: hashOf(`${operation}\n${toCanonical(input)}`),
    operation,
  };
}

/** The key as a UUID (RFC 9562, 5.8) that no other caller's key gives, for services that want one. */
function uuidOfKey({ issuer, subject }: Principal, key: string): string {
  const hex = hashOf(`uuid ${JSON.stringify([issuer, subject, key])}`);
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The same value is the same text, in whatever order its members came. */
function toCanonical(value: JsonValue): string {
  return JSON.stringify(value, (_name, member: JsonValue) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
