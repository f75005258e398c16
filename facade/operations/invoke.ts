import type { EncodedPackage, JsonValue } from '../../wsdl/index.ts';
import { applyPresets } from './apply-presets.ts';
import type { CallContext, OperationRuntime } from './operation-runtime.ts';
import type { Principal } from './principal.ts';
import { readAnswer, type Answer } from './read-answer.ts';
import { toSoapRequest } from './to-soap-request.ts';

/** A call that fits its contract and has not been sent. */
export interface PreparedCall {
  /** The whole input, the members from the token included. */
  readonly input: JsonValue;
  readonly encoded: EncodedPackage;
}

/**
 * The straight line, the same for HTTP, the bus and tests: JSON value -> SOAP bytes -> connector -> JSON bytes.
 * A SOAP Fault is an answer.
 *
 * @throws ClaimError, ValueError at once, before anything was sent; ConnectorError, DecodeError, as a rejection, for what prevented
 * an answer.
 */
export function invoke(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
  context: CallContext,
): Promise<Answer> {
  return send(operation, prepare(operation, principal, input), context);
}

/** Its first half. `keyUuid` as in `applyPresets`. @throws ClaimError, ValueError */
export function prepare(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
  keyUuid?: string,
): PreparedCall {
  const value = applyPresets(operation.route, principal, input, keyUuid);
  return { input: value, encoded: operation.codec.input.encodePackage(value, operation.mtom) };
}

/** Its second half. @throws ConnectorError, DecodeError */
export function send(
  operation: OperationRuntime,
  { encoded }: PreparedCall,
  context: CallContext,
): Promise<Answer> {
  const told = (answer: Answer): Answer => {
    if (answer.kind === 'fault') operation.tellFault?.(operation.route, answer.fault, context);
    return answer;
  };
  return operation.connector.send(toSoapRequest(operation, encoded, context)).then((reply) => {
    const answer = readAnswer(operation, reply, context);
    return answer instanceof Promise ? answer.then(told) : told(answer);
  });
}
