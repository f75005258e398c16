import type { IncomingHttpHeaders } from 'node:http';
import {
  compileCodec,
  DecodeError,
  type JsonValue,
  type Operation,
  type OperationCodec,
} from '../wsdl/index.ts';
import { encodeAnswer, type SoapAnswer } from './encode-answer.ts';
import type { Endpoint } from './endpoint.ts';
import { faultStatus, toFaultEnvelope, type FaultCode } from './fault-envelope.ts';
import { handlerOf, type MockAnswer, type MockHandlers } from './handlers.ts';
import { readMessage, type ReceivedMessage } from './read-message.ts';
import { Refusal } from './refusal.ts';
import { routeRequest } from './route-request.ts';

export interface SoapExchangeOptions {
  readonly handlers: MockHandlers;
  readonly seed: number;
}

/** `operation` is missing where the request could not be routed. */
export type RoutedAnswer = SoapAnswer & { readonly operation?: string };

export type SoapExchange = (
  endpoint: Endpoint,
  body: Uint8Array,
  headers: IncomingHttpHeaders,
) => Promise<RoutedAnswer>;

/** SOAP bytes in, SOAP bytes out: route by the body's name, decode, answer by handler or sample, encode. */
export function createSoapExchange(options: SoapExchangeOptions): SoapExchange {
  const codecs = new Map<Operation, OperationCodec>();
  return async (endpoint, body, headers) => {
    let operation: Operation | undefined;
    try {
      const received = await readMessage(body, headers['content-type']);
      operation = routeRequest(endpoint, received.envelope, headers, received.charset);
      const codec = codecs.get(operation) ?? compileFor(endpoint, operation);
      codecs.set(operation, codec);
      const input = decodeInput(codec, received);
      const answer = await askHandler(options.handlers, endpoint, operation, input, headers);
      return {
        operation: operation.id,
        ...encodeAnswer(endpoint, codec, answer, options.seed, input, received.packaging),
      };
    } catch (error) {
      return { ...(operation && { operation: operation.id }), ...toFaultAnswer(endpoint, error) };
    }
  };
}

function toFaultAnswer(endpoint: Endpoint, error: unknown): SoapAnswer {
  const { code, message, soapVersion = endpoint.binding.soapVersion } = toRefusal(error);
  const body = toFaultEnvelope(soapVersion, code, message);
  return { status: faultStatus(soapVersion, code), soapVersion, body, outcome: 'fault' };
}

/** What else may go wrong is no fault of the sender: say, a contract that has no codec or no sample. */
function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DecodeError) return new Refusal(codeOf(error), error.message);
  return new Refusal(
    'Receiver',
    `the mock failed: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function compileFor(endpoint: Endpoint, operation: Operation): OperationCodec {
  return compileCodec(endpoint.contract, {
    service: endpoint.service.name,
    port: endpoint.port.name,
    operation: operation.id,
  });
}

function decodeInput(
  codec: OperationCodec,
  { envelope, charset, attachments, packaging }: ReceivedMessage,
): JsonValue {
  const decoded = codec.input.decode(envelope, {
    ...(charset !== undefined && { charset }),
    ...(packaging && { attachments }),
  });
  if (decoded.kind === 'fault') throw new Refusal('Sender', 'a request cannot be a Fault');
  return JSON.parse(Buffer.from(decoded.json).toString('utf8')) as JsonValue;
}

function codeOf(error: DecodeError): FaultCode {
  if (error.code === 'version-mismatch') return 'VersionMismatch';
  return error.code === 'must-understand' ? 'MustUnderstand' : 'Sender';
}

async function askHandler(
  handlers: MockHandlers,
  endpoint: Endpoint,
  operation: Operation,
  input: JsonValue,
  headers: IncomingHttpHeaders,
): Promise<MockAnswer | undefined> {
  const service = endpoint.service.name;
  const handler = handlerOf(handlers, service, operation.id);
  try {
    return await handler?.({ service, port: endpoint.port.name, operation: operation.id, input, headers });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal('Receiver', `the handler of ${service}.${operation.id} failed: ${message}`);
  }
}
