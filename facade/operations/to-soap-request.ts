import type { SoapRequest } from '../../connectors/index.ts';
import type { CallContext, OperationRuntime } from './operation-runtime.ts';

/** The call as the connector takes it. Credentials of the caller stay here. */
export function toSoapRequest(
  { codec, route, timeout }: OperationRuntime,
  envelope: Uint8Array,
  context: CallContext,
): SoapRequest {
  const { deadline, signal, requestId, traceparent } = context;
  return {
    soapVersion: codec.soapVersion,
    action: codec.operation.soapAction,
    envelope,
    isOneWay: !route.hasOutput,
    deadline: Math.min(deadline, Date.now() + timeout),
    ...(signal && { signal }),
    headers: { 'x-request-id': requestId, ...(traceparent !== undefined && { traceparent }) },
  };
}
