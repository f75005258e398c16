import type { SoapRequest } from '../../connectors/index.ts';
import type { EncodedPackage } from '../../wsdl/index.ts';
import { isSafe } from './is-safe.ts';
import type { CallContext, OperationRuntime } from './operation-runtime.ts';

/** The call as the connector takes it. Credentials of the caller stay here. */
export function toSoapRequest(
  { codec, route, timeout, mtom }: OperationRuntime,
  { envelope, attachments, packaging: needed }: EncodedPackage,
  context: CallContext,
): SoapRequest {
  const { deadline, signal, requestId, traceparent } = context;
  const packaging = mtom?.isAlways ? 'xop' : needed;
  return {
    soapVersion: codec.soapVersion,
    action: codec.operation.soapAction,
    envelope,
    ...(packaging && { packaging, attachments }),
    isOneWay: !route.hasOutput,
    isSafe: isSafe(route),
    deadline: Math.min(deadline, Date.now() + timeout),
    ...(signal && { signal }),
    headers: { 'x-request-id': requestId, ...(traceparent !== undefined && { traceparent }) },
  };
}
