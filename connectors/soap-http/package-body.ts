import { Readable } from 'node:stream';
import { writePackage, type Packaging } from '../../wsdl/index.ts';
import type { SoapRequest } from '../connector.ts';

/** A request with its attachments as multipart/related; a stream if one of them is. */
export function packageBody(request: SoapRequest & { readonly packaging: Packaging }): {
  readonly contentType: string;
  readonly body: Uint8Array | Readable;
} {
  const { contentType, body } = writePackage({ ...request, attachments: request.attachments ?? [] });
  if (body instanceof Uint8Array) return { contentType, body };
  return { contentType, body: Readable.from(body, { objectMode: false }) };
}
