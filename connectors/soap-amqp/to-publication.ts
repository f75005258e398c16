import type { MessageHeaders, Publication } from '../bus/message.ts';
import type { SoapRequest } from '../connector.ts';
import { createRequestHeaders } from '../soap-http/request-headers.ts';
import { packageBody } from '../soap-http/package-body.ts';

/** Where the requests of a service go. */
export interface SoapQueue {
  /** '' is the default exchange, in which the routing key is the name of the queue. */
  readonly exchange: string;
  readonly routingKey: string;
}

/** Header fields that say what HTTP can take. */
const OF_HTTP = new Set(['content-type', 'accept', 'accept-encoding']);

const headersOf = createRequestHeaders();

/**
 * A request as a message: the envelope, or a MIME package, as its body; the media type of SOAP over HTTP, and its header
 * SOAPAction, as headers of the message. It expires when nobody waits for its answer any more.
 */
export async function toPublication(
  request: SoapRequest,
  { exchange, routingKey }: SoapQueue,
  { id, replyTo }: { readonly id: string; readonly replyTo: string | undefined },
): Promise<Publication> {
  const { contentType, body } = await bodyOf(request);
  const fields = headersOf(request, contentType);
  return {
    exchange,
    routingKey,
    body,
    deadline: request.deadline,
    properties: {
      contentType: fields[fields.indexOf('content-type') + 1]!,
      messageId: id,
      correlationId: id,
      ...(replyTo !== undefined && { replyTo }),
      // A message without an answer has all the time there is.
      ...(!request.isOneWay && { expirationMs: Math.max(1, request.deadline - Date.now()) }),
      headers: messageHeaders(fields),
    },
  };
}

async function bodyOf(request: SoapRequest): Promise<{ contentType?: string; body: Uint8Array }> {
  const { packaging, envelope } = request;
  if (packaging === undefined) return { body: envelope };
  const { contentType, body } = packageBody({ ...request, packaging });
  if (body instanceof Uint8Array) return { contentType, body };
  return { contentType, body: Buffer.concat((await body.toArray()) as Uint8Array[]) };
}

function messageHeaders(fields: readonly string[]): MessageHeaders {
  const headers: Record<string, string> = {};
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index]!;
    if (!OF_HTTP.has(name)) headers[name === 'soapaction' ? 'SOAPAction' : name] = fields[index + 1]!;
  }
  return headers;
}
