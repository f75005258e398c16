import type { Readable } from 'node:stream';
import type { ConnectorError, SoapReply } from '../connector.ts';
import { isSoap, multipartOf, parseContentType, type ContentType } from './content-type.ts';
import type { Exchange } from './exchange.ts';
import { beginningOf, discard, replyBytes, startOf } from './reply-body.ts';
import { visibleText } from './visible-text.ts';

/** An HTTP answer as it came, its body unread. */
export interface HttpReply {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Readable;
}

/** An hour: who names a longer time does not know, and clients would believe it. */
const MOST_RETRY_AFTER = 3600;

/** Of a page that is no SOAP, as much is read as its first visible words may need. */
const mostBytesShown = 64 * 1024;

/**
 * SOAP in an answer of any status is an answer (SOAP 1.1, 6.2 wants 500 for faults, many send 200 or 400); for a
 * one-way operation any success is.
 * @throws ConnectorError NOT_SOAP for everything else.
 */
export async function judgeReply(
  exchange: Exchange,
  reply: HttpReply,
  isOneWay: boolean,
  maxBytes: number,
): Promise<SoapReply> {
  const contentType = parseContentType(reply.header('content-type'));
  const encoding = (reply.header('content-encoding') ?? '')
    .trim()
    .toLowerCase()
    .replace(/^x-gzip$/, 'gzip');
  const bytes = replyBytes(exchange, reply.body, encoding, maxBytes);
  const isAccepted = isOneWay && reply.status >= 200 && reply.status < 300;
  if (!['', 'identity', 'gzip'].includes(encoding))
    return refuse(exchange, reply, `its content encoding "${encoding.slice(0, 40)}" is not supported`);
  if (isRedirect(reply.status))
    return refuse(exchange, reply, 'a redirect; is the address of the service right?');
  const multipart = multipartOf(reply.header('content-type'));
  if (multipart === undefined && contentType.mediaType.startsWith('multipart/'))
    return refuse(exchange, reply, 'a multipart message that is not multipart/related');
  const isReadable = multipart !== undefined || isSoap(contentType);
  if (isAccepted && !isReadable) return accepted(exchange, reply);
  if (!isReadable) throw await notSoap(exchange, reply, contentType, bytes);
  const body = await startOf(bytes);
  if (body !== undefined)
    return { status: reply.status, ...charsetOf(contentType), ...(multipart && { multipart }), body };
  if (isAccepted) return { status: reply.status, body: nothing() };
  throw await notSoap(exchange, reply, contentType, bytes);
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** What stands in the answer to a one-way message is nobody's; the connection is kept only if it is short. */
function accepted(exchange: Exchange, reply: HttpReply): SoapReply {
  reply.body.resume();
  reply.body.once('close', () => {
    exchange.end();
  });
  return { status: reply.status, body: nothing() };
}

function refuse(exchange: Exchange, reply: HttpReply, what: string): never {
  exchange.end();
  discard(reply.body);
  throw exchange.error('NOT_SOAP', `HTTP ${reply.status} answered with ${what}`, { status: reply.status });
}

async function notSoap(
  exchange: Exchange,
  reply: HttpReply,
  type: ContentType,
  bytes: AsyncGenerator<Uint8Array>,
): Promise<ConnectorError> {
  const text = visibleText(await beginningOf(bytes, mostBytesShown), type.charset);
  const quoted = isPage(type.mediaType) ? `: ${text}` : '';
  const content = text === '' ? 'with an empty body' : `instead of SOAP${quoted}`;
  const { status } = reply;
  const message = `HTTP ${status} ${shown(type.mediaType)} ${content}`;
  const retryAfter = retryAfterOf(reply);
  if (retryAfter === undefined) return exchange.error('NOT_SOAP', message, { status });
  return exchange.error('UNAVAILABLE', message, { status, retryAfter });
}

/** Seconds (RFC 9110, 10.2.3), where a service or what stands before it says that it is there, but not now. */
function retryAfterOf({ status, header }: HttpReply): number | undefined {
  const value = header('retry-after')?.trim();
  if (value === undefined || (status !== 429 && status !== 503)) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(MOST_RETRY_AFTER, Math.max(1, Math.ceil(seconds)));
}

/** A page for people says what is wrong, and may be quoted; anything else, JSON for one, may hold what no log should. */
function isPage(mediaType: string): boolean {
  return mediaType === '' || mediaType === 'text/html' || mediaType === 'text/plain';
}

function shown(mediaType: string): string {
  return mediaType === '' ? 'without a content type' : mediaType.slice(0, 100).replace(/[^\x21-\x7e]/g, '?');
}

function charsetOf({ charset }: ContentType): { charset?: string } {
  return charset === undefined ? {} : { charset };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An async iterable that ends at once.
}
