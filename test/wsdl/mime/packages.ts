import { buffer } from 'node:stream/consumers';
import { defaultLimits, type Limits } from '../../../wsdl/limits.ts';
import { parseMediaType } from '../../../wsdl/mime/media-type.ts';
import { openPackage, readPackage, type SoapPackage } from '../../../wsdl/mime/open-package.ts';
import { readParts } from '../../../wsdl/mime/read-parts.ts';

export interface ReadPart {
  readonly contentId: string | undefined;
  readonly type: string;
  readonly text: string;
}

/** Bytes, given as text in Latin-1, in chunks of some size. */
export async function* chunksOf(text: string, size: number = Infinity): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'latin1');
  for (let from = 0; from < bytes.length; from += size) {
    yield await Promise.resolve(bytes.subarray(from, Math.min(from + size, bytes.length)));
  }
}

/** `\n` in `lines` stands for CRLF. */
export function crlf(lines: string): string {
  return lines.replace(/\n/g, '\r\n');
}

export async function partsOf(
  text: string,
  {
    size = Infinity,
    boundary = 'b',
    limits = {},
  }: { size?: number; boundary?: string; limits?: Partial<Limits> } = {},
): Promise<ReadPart[]> {
  const type = parseMediaType(`multipart/related; boundary="${boundary}"`);
  const parts: ReadPart[] = [];
  for await (const part of readParts(chunksOf(text, size), type, { ...defaultLimits, ...limits })) {
    parts.push({
      contentId: part.contentId,
      type: part.mediaType.name,
      text: (await buffer(part.content)).toString('latin1'),
    });
  }
  return parts;
}

export function packageOf(text: string, parameters: string): Promise<SoapPackage> {
  return readPackage(
    chunksOf(text),
    parseMediaType(`multipart/related; boundary=b${parameters}`),
    defaultLimits,
  );
}

export function openedPackageOf(text: string, parameters: string): ReturnType<typeof openPackage> {
  return openPackage(
    chunksOf(text, 7),
    parseMediaType(`multipart/related; boundary=b${parameters}`),
    defaultLimits,
  );
}
