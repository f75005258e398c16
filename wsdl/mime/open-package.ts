import type { Attachment } from './attachment.ts';
import { bareContentId } from './content-id.ts';
import type { MediaType } from './media-type.ts';
import { failMime } from './mime-error.ts';
import type { MimeLimits } from './multipart-scanner.ts';
import { readParts, type MimePart } from './read-parts.ts';

/** A MIME package (RFC 2387) read up to and including its root. */
export interface OpenPackage {
  readonly envelope: Uint8Array;
  /** Of the root's Content-Type, lower case. */
  readonly charset?: string;
  readonly packaging: 'xop' | 'swa';
  /** Parts that stood before the root. */
  readonly before: readonly Attachment[];
  /** Parts behind it, still to be read; `return()` gives them up. */
  readonly rest: AsyncGenerator<MimePart>;
}

/** A MIME package read to its end. */
export type SoapPackage = Omit<OpenPackage, 'before' | 'rest'> & {
  readonly attachments: readonly Attachment[];
};

/** Whether a Content-Type announces a package rather than a plain envelope. */
export function isPackage({ name }: MediaType): boolean {
  return name === 'multipart/related';
}

/**
 * Reads as far as the root: the part that `start` names, else the first (RFC 2387, 3.2). What stands before it is kept.
 *
 * @param held bounds on the root and on what stands before it, which are kept in memory.
 * @throws DecodeError
 */
export async function openPackage(
  source: AsyncIterable<Uint8Array>,
  type: MediaType,
  limits: MimeLimits,
  held: Pick<MimeLimits, 'maxPartBytes'> = limits,
): Promise<OpenPackage> {
  const start = type.parameters.get('start');
  const root = start === undefined || start.trim() === '' ? undefined : bareContentId(start);
  const rest = readParts(source, type, limits);
  const before: Attachment[] = [];
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    if (root === undefined || next.value.contentId === root)
      return { ...(await readRoot(next.value, held.maxPartBytes)), before, rest };
    before.push(await readAttachment(next.value, held.maxPartBytes));
  }
  return failMime('the MIME package has no part with the Content-ID that its start parameter names');
}

/** @throws DecodeError */
export async function readPackage(
  source: AsyncIterable<Uint8Array>,
  type: MediaType,
  limits: MimeLimits,
): Promise<SoapPackage> {
  const { before, rest, ...root } = await openPackage(source, type, limits);
  const attachments = [...before];
  for await (const part of rest) attachments.push(await readAttachment(part, limits.maxPartBytes));
  return { ...root, attachments };
}

const ROOT_TYPES: ReadonlySet<string> = new Set([
  'text/xml',
  'application/xml',
  'application/soap+xml',
  'application/xop+xml',
]);

async function readRoot(
  part: MimePart,
  mostBytes: number,
): Promise<Pick<OpenPackage, 'envelope' | 'charset' | 'packaging'>> {
  const { name, parameters } = part.mediaType;
  if (!ROOT_TYPES.has(name))
    failMime('the root part of the MIME package is no XML by its Content-Type', 'not-soap');
  const charset = parameters.get('charset')?.toLowerCase();
  return {
    envelope: await bytesOf(part, mostBytes),
    ...(charset !== undefined && { charset }),
    packaging: name === 'application/xop+xml' ? 'xop' : 'swa',
  };
}

async function readAttachment(part: MimePart, mostBytes: number): Promise<Attachment> {
  const { contentId, mediaType } = part;
  return {
    ...(contentId !== undefined && { contentId }),
    ...(mediaType.name !== '' && { mediaType: mediaType.name }),
    content: await bytesOf(part, mostBytes),
  };
}

/** Copied piece by piece: a small part must not keep the large chunk that it came in. */
async function bytesOf({ content }: MimePart, mostBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of content) {
    length += bytes.length;
    if (length > mostBytes)
      failMime(`a MIME part has too many bytes; at most ${mostBytes} are allowed`, 'limit-exceeded');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}
