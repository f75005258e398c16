import type { JsonValue } from '../../wsdl/index.ts';
import { applyPresets } from './apply-presets.ts';
import type { CallContext, OperationRuntime } from './operation-runtime.ts';
import type { Principal } from './principal.ts';
import { readAnswer, type Answer } from './read-answer.ts';
import { toSoapRequest } from './to-soap-request.ts';

/**
 * The straight line, the same for HTTP, the bus and tests: JSON value -> SOAP bytes -> connector -> JSON bytes.
 * A SOAP Fault is an answer.
 *
 * @throws ClaimError, ValueError before anything was sent; ConnectorError, DecodeError for what prevented an answer.
 */
export async function invoke(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
  context: CallContext,
): Promise<Answer> {
  const value = applyPresets(operation.route, principal, input);
  const encoded = operation.codec.input.encodePackage(value, operation.mtom);
  const reply = await operation.connector.send(toSoapRequest(operation, encoded, context));
  return readAnswer(operation, reply, context);
}
