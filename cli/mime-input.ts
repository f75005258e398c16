import { isPackage, parseMediaType, readPackage, defaultLimits, type DecodeOptions } from '../wsdl/index.ts';
import { CommandError } from './command.ts';

/** A message as it came: the envelope, and what stood beside it. */
export interface MimeInput extends Pick<DecodeOptions, 'attachments' | 'charset'> {
  readonly envelope: Uint8Array;
}

/** A header is looked for in so many bytes. */
const MOST_HEADER_BYTES = 16 * 1024;

/**
 * An envelope alone, or a MIME package (multipart/related): with its header before it, an HTTP answer's too, or from its first
 * boundary line on. @throws CommandError, DecodeError
 */
export async function readMimeInput(bytes: Uint8Array): Promise<MimeInput> {
  const { contentType, body } = separate(bytes);
  const type = parseMediaType(contentType);
  if (isPackage(type)) return readPackage(oneChunk(body), type, defaultLimits);
  if (type.name !== '' && !/xml$/.test(type.name))
    throw new CommandError(`stdin: a message of type ${type.name} is neither XML nor multipart/related`);
  const charset = type.parameters.get('charset')?.toLowerCase();
  return { envelope: body, ...(charset !== undefined && { charset }) };
}

interface Separated {
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

function separate(bytes: Uint8Array): Separated {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MOST_HEADER_BYTES));
  const text = start.toString('latin1');
  const boundary = /^\s*--([^\r\n]{1,200}?)[ \t]*\r?\n/.exec(text)?.[1];
  if (boundary !== undefined)
    return {
      contentType: `multipart/related; boundary="${boundary.replace(/["\\]/g, '\\$&')}"`,
      body: bytes,
    };
  const header =
    /^(?:HTTP\/[^\r\n]*\r?\n)?((?:[A-Za-z][\w-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)\r?\n/.exec(text);
  if (!header) return { contentType: undefined, body: bytes };
  const unfolded = header[1]!.replace(/\r?\n[ \t]+/g, ' ');
  const contentType = /^content-type:(.*)$/im.exec(unfolded)?.[1]?.trim();
  return { contentType, body: bytes.subarray(header[0].length) };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
