import type { RequestHandler } from 'express';
import type { ContentCoding } from '../../config/answers-config.ts';
import { codingFor, type NegotiateCoding } from '../coding/content-coding.ts';
import { encodeBody } from '../coding/encode-body.ts';

/** A page that stays the same: read when it is first asked for, compressed once for each coding. */
export function keptPage(
  type: string,
  read: () => string | Promise<string>,
  negotiateCoding: NegotiateCoding,
): RequestHandler {
  let plain: Promise<Buffer> | undefined;
  const encoded = new Map<ContentCoding, Promise<Buffer>>();
  const encode = async (bytes: Buffer, coding: ContentCoding): Promise<Buffer> => {
    const body = await encodeBody(bytes, coding);
    return Buffer.from(body.buffer, body.byteOffset, body.length);
  };
  return async (request, response) => {
    const bytes = await (plain ??= Promise.resolve(read()).then((text) => Buffer.from(text)));
    response.type(type);
    const coding = codingFor(negotiateCoding(request.headers['accept-encoding']), bytes.length);
    if (coding === undefined) {
      response.send(bytes);
      return;
    }
    const kept = encoded.get(coding) ?? encode(bytes, coding);
    encoded.set(coding, kept);
    response.setHeader('Content-Encoding', coding).send(await kept);
  };
}
