import type { SoapRequest } from '../../connectors/index.ts';
import type { EncodedPackage } from '../../wsdl/index.ts';
import { toTraceparent, type Trace } from '../trace/trace.ts';
import { isSafe } from './is-safe.ts';
import type { CallContext, OperationRuntime } from './operation-runtime.ts';

/** The call as the connector takes it. Credentials of the caller stay here. */
export function toSoapRequest(
  { codec, route, timeout, mtom }: OperationRuntime,
  { envelope, attachments, packaging: needed }: EncodedPackage,
  context: CallContext,
): SoapRequest {
  const { deadline, signal, requestId, trace } = context;
  const packaging = mtom?.isAlways ? 'xop' : needed;
  return {
    soapVersion: codec.soapVersion,
    action: codec.operation.soapAction,
    wsaAction: codec.operation.wsaAction,
    envelope,
    ...(packaging && { packaging, attachments }),
    isOneWay: !route.hasOutput,
    isSafe: isSafe(route),
    deadline: Math.min(deadline, Date.now() + timeout),
    ...(signal && { signal }),
    headers: headersOf(requestId, trace),
  };
}

function headersOf(requestId: string, trace: Trace | undefined): Readonly<Record<string, string>> {
  if (trace === undefined) return { 'x-request-id': requestId };
  const { tracestate } = trace;
  const traceparent = toTraceparent(trace);
  return tracestate === undefined
    ? { 'x-request-id': requestId, traceparent }
    : { 'x-request-id': requestId, traceparent, tracestate };
}
