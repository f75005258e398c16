import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.ts';

/** What the service said, byte for byte. */
export interface Forwarded {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Those that concern the client, e.g. Set-Cookie. */
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/** Of one connection (RFC 9110, 7.6.1), or made anew for the next one. */
const NOT_FORWARDED = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade host content-length content-encoding content-type accept-encoding expect'.split(
    ' ',
  ),
);

/** Sends a request on to a service. @throws Refusal if no answer comes */
export async function forward(
  target: string,
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  { timeoutMs, mostBytes }: { readonly timeoutMs: number; readonly mostBytes: number },
): Promise<Forwarded> {
  const url = new URL(target);
  const sent = toHeaders(headers);
  if (url.username !== '') {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    sent.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
    url.username = url.password = '';
  }
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', body, headers: sent, redirect: 'manual', signal });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await readBounded(response, mostBytes),
      headers: ownHeaders(response.headers),
    };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { cause = error } = error as { cause?: unknown };
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal('Receiver', `the service at ${url.origin} did not answer: ${reason}`);
  }
}

function toHeaders(headers: IncomingHttpHeaders): Headers {
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !NOT_FORWARDED.has(name)) sent.set(name, [value].flat().join(', '));
  if (headers['content-type'] !== undefined) sent.set('content-type', headers['content-type']);
  return sent;
}

function ownHeaders(headers: Headers): Record<string, string | string[]> {
  const own: Record<string, string | string[]> = {};
  for (const [name, value] of headers) if (!NOT_FORWARDED.has(name) && name !== 'date') own[name] = value;
  const cookies = headers.getSetCookie();
  return cookies.length === 0 ? own : { ...own, 'set-cookie': cookies };
}

async function readBounded(response: Response, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new Refusal(
        'Receiver',
        `the service's answer is larger than the ${mostBytes} bytes this mock reads`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
