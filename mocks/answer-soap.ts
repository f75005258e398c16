import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Endpoint } from './endpoint.ts';
import type { Journal } from './journal/journal.ts';
import { readBody } from './read-body.ts';
import { refuse } from './refuse.ts';
import { Refusal } from './refusal.ts';
import { send } from './send.ts';
import type { BoundaryMode } from './sample/boundary-answerer.ts';
import { resetIfStale } from './wire/break-answer.ts';
import { sendAnswer } from './wire/send-answer.ts';
import type { Exchanged, SoapExchange } from './soap-exchange.ts';

export interface SoapParts {
  readonly exchange: SoapExchange;
  readonly journal: Journal;
  readonly mostBytes: number;
  /** Requests that get no answer on purpose; their connections are closed with the mock. */
  readonly held: Set<ServerResponse>;
  /** Present in boundary mode. */
  readonly variantsOf?: BoundaryMode['variantsOf'];
}

const READABLE = /^(?:text\/xml|application\/(?:xml|soap\+xml)|multipart\/related)$/;

/** One SOAP request over HTTP: read, exchanged, written down, answered. */
export async function answerSoap(
  parts: SoapParts,
  endpoint: Endpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (resetIfStale(request)) return;
  const type = (request.headers['content-type'] ?? 'text/xml').split(';')[0]!.trim().toLowerCase();
  if (!READABLE.test(type)) {
    const message = `Content-Type "${type}" is not understood; send text/xml, application/soap+xml or multipart/related\n`;
    send(response, 415, 'text/plain', message, { connection: 'close' });
    return;
  }
  const { headers } = request;
  const body = await readOrRefuse(parts, request);
  const exchanged =
    body instanceof Refusal ? refused(endpoint, body) : await parts.exchange(endpoint, body, headers);
  parts.journal.add({
    endpoint,
    headers,
    body: body instanceof Refusal ? new Uint8Array() : body,
    exchanged,
  });
  await sendAnswer(request, response, exchanged, parts.held);
}

async function readOrRefuse(
  { mostBytes }: SoapParts,
  request: IncomingMessage,
): Promise<Uint8Array | Refusal> {
  try {
    const body = await readBody(request, mostBytes);
    if (body !== 'too-large') return body;
    return new Refusal('Sender', `the request is larger than the ${mostBytes} bytes this mock reads`);
  } catch (error) {
    return new Refusal(
      'Receiver',
      `the mock failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Too much is 413 by HTTP, whatever SOAP says. */
function refused({ binding }: Endpoint, refusal: Refusal): Exchanged {
  const answer = refuse(binding.soapVersion, refusal);
  const status = refusal.code === 'Sender' ? 413 : answer.status;
  return { answer: { ...answer, status }, by: { kind: 'refused' } };
}
