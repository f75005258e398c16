import type { IncomingHttpHeaders } from 'node:http';

/** SOAP 1.1, 6.1.1: the SOAPAction header, quoted; SOAP 1.2 (RFC 3902): the `action` parameter of the media type. */
export function soapActionOf(headers: IncomingHttpHeaders): string {
  const { soapaction } = headers;
  if (typeof soapaction === 'string') return soapaction.replace(/^"(.*)"$/, '$1');
  return mediaParameter(headers, 'action') ?? '';
}

/** A parameter of the Content-Type (RFC 9110, 5.6.6), without its quotes. */
function mediaParameter(headers: IncomingHttpHeaders, name: string): string | undefined {
  const parameters = (headers['content-type'] ?? '').matchAll(/;\s*([\w-]+)=(?:"([^"]*)"|([^\s;]*))/g);
  for (const [, found, quoted, plain] of parameters) {
    if (found?.toLowerCase() === name) return quoted ?? plain;
  }
  return undefined;
}
