import type { JsonValue } from '../../wsdl/index.ts';
import type { KeyedCall } from '../calls/keyed-call.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';
import type { Trace } from '../trace/trace.ts';
import type { Seal } from './seal.ts';

/**
 * All that carrying a call out later needs. The members that its input takes from the token are in it already, and whether the
 * caller may do this was decided when it was accepted: of the token nothing is kept but issuer, subject, and claims that its event tells.
 */
export interface StoredCall {
  readonly input: JsonValue;
  readonly issuer: string;
  readonly subject: string;
  /** See `keptClaims`. */
  readonly claims: Principal['claims'];
  readonly keyUuid: string;
  readonly fingerprint: string;
  readonly requestId: string;
  readonly trace?: Trace | undefined;
}

export function sealCall(call: StoredCall, operation: string, seal: Seal): Uint8Array {
  return seal.seal(Buffer.from(JSON.stringify(call)), operation);
}

/** Undefined where no key opens it. */
export function openCall(content: Uint8Array, operation: string, seal: Seal): StoredCall | undefined {
  const opened = seal.open(content, operation);
  return opened && (JSON.parse(Buffer.from(opened).toString()) as StoredCall);
}

/** @throws ValueError where the input does not fit the contract any more */
export function toKeyedCall(
  operation: OperationRuntime,
  { input, issuer, subject, claims, keyUuid, fingerprint }: StoredCall,
  { command, route, id }: { readonly command: string; readonly route: string; readonly id: string },
): KeyedCall {
  return {
    operation,
    principal: { issuer, subject, scopes: new Set(), claims },
    prepared: { input, encoded: operation.codec.input.encodePackage(input, operation.mtom) },
    keyUuid,
    command: { id: command, fingerprint, operation: route },
    deferredAs: id,
    isNamed: true,
  };
}
