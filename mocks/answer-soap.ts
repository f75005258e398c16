import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SoapVersion } from '../wsdl/index.ts';
import type { SoapAnswer } from './encode-answer.ts';
import type { Endpoint } from './endpoint.ts';
import { toFaultEnvelope, type FaultCode } from './fault-envelope.ts';
import type { Journal } from './journal.ts';
import { readBody } from './read-body.ts';
import { send } from './send.ts';
import type { RoutedAnswer, SoapExchange } from './soap-exchange.ts';

export interface SoapParts {
  readonly exchange: SoapExchange;
  readonly journal: Journal;
  readonly mostBytes: number;
}

const MEDIA_TYPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml',
  '1.2': 'application/soap+xml',
};
const READABLE = /^(?:text\/xml|application\/(?:xml|soap\+xml)|multipart\/related)$/;

/** One SOAP request over HTTP. A mistake of the mock itself is a Server fault, never a dead process. */
export async function answerSoap(
  parts: SoapParts,
  endpoint: Endpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const type = (request.headers['content-type'] ?? 'text/xml').split(';')[0]!.trim().toLowerCase();
  if (!READABLE.test(type)) {
    const message = `Content-Type "${type}" is not understood; send text/xml, application/soap+xml or multipart/related\n`;
    send(response, 415, 'text/plain', message, { connection: 'close' });
    return;
  }
  const answer = await exchangeOrFault(parts, endpoint, request);
  const { status, outcome, operation } = answer;
  const names = { service: endpoint.service.name, port: endpoint.port.name };
  parts.journal.add({ ...names, ...(operation !== undefined && { operation }), outcome, status });
  // An unread rest of the request would be taken for the next one.
  const headers: Record<string, string> = status === 413 ? { connection: 'close' } : {};
  const contentType = answer.contentType ?? `${MEDIA_TYPE[answer.soapVersion]}; charset=utf-8`;
  send(response, status, contentType, answer.body, headers);
}

async function exchangeOrFault(
  parts: SoapParts,
  endpoint: Endpoint,
  request: IncomingMessage,
): Promise<RoutedAnswer> {
  try {
    const body = await readBody(request, parts.mostBytes);
    if (body === 'too-large') {
      return faultAnswer(
        endpoint,
        413,
        'Sender',
        `the request is larger than the ${parts.mostBytes} bytes this mock reads`,
      );
    }
    return await parts.exchange(endpoint, body, request.headers);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return faultAnswer(endpoint, 500, 'Receiver', `the mock failed: ${message}`);
  }
}

function faultAnswer({ binding }: Endpoint, status: number, code: FaultCode, reason: string): SoapAnswer {
  const { soapVersion } = binding;
  return { status, soapVersion, body: toFaultEnvelope(soapVersion, code, reason), outcome: 'fault' };
}
