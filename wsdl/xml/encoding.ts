import { XmlError, shownName } from './xml-error.ts';
import { createTextReader, type TextReader } from './text-reader.ts';
import { declaredEncoding } from './xml-declaration.ts';

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-32', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-32', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** `<?` in the encodings whose declaration cannot be read as ASCII (XML 1.0, appendix F.1). */
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['utf-16le', [0x3c, 0x00, 0x3f, 0x00]],
  ['utf-16be', [0x00, 0x3c, 0x00, 0x3f]],
];

const DECLARATION_START = '<?xml';

/** A longer XML declaration than this is not looked at for the encoding. */
const LONGEST_DECLARATION = 1024;

export interface EncodingFound {
  /** As named by the BOM, the charset or the declaration, in lower case. */
  readonly label: string;
  /** Length of the byte order mark. */
  readonly skip: number;
}

/**
 * BOM before charset before XML declaration (RFC 7303, 3); UTF-8 if there is none.
 *
 * @param atEnd no more bytes will come.
 * @returns undefined if more bytes are needed to tell.
 */
export function detectEncoding(
  head: Uint8Array,
  charset: string | undefined,
  atEnd: boolean,
): EncodingFound | undefined {
  if (head.length < DECLARATION_START.length && !atEnd) return undefined;
  const mark = BYTE_ORDER_MARKS.find(([, bytes]) => startsWith(head, bytes));
  if (mark) return { label: mark[0], skip: mark[1].length };
  if (charset !== undefined) return { label: charset.trim().toLowerCase(), skip: 0 };
  const signature = SIGNATURES.find(([, bytes]) => startsWith(head, bytes));
  if (signature) return { label: signature[0], skip: 0 };
  return detectByDeclaration(head, atEnd);
}

function detectByDeclaration(head: Uint8Array, atEnd: boolean): EncodingFound | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, LONGEST_DECLARATION)).toString(
    'latin1',
  );
  if (!text.startsWith(DECLARATION_START)) return { label: 'utf-8', skip: 0 };
  const end = text.indexOf('?>');
  if (end < 0 && !atEnd && text.length < LONGEST_DECLARATION) return undefined;
  const declared = declaredEncoding(text.slice(0, end + 2))?.toLowerCase() ?? 'utf-8';
  // What can be read as ASCII is not in UTF-16: the declaration was left behind when the text was put into bytes.
  return { label: declared.startsWith('utf-16') ? 'utf-8' : declared, skip: 0 };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Turns bytes of some encoding into UTF-8, chunk by chunk. */
export interface Transcoder {
  write(chunk: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** @returns undefined for UTF-8, which needs none. @throws XmlError `unsupported-encoding`. */
export function createTranscoder(label: string): Transcoder | undefined {
  if (label === 'utf-8' || label === 'utf8') return undefined;
  const decoder = createDecoder(label);
  if (decoder.encoding === 'utf-8') return undefined;
  return {
    write: (chunk) => Buffer.from(decode(() => decoder.decode(chunk, { stream: true }))),
    end: () => Buffer.from(decode(() => decoder.decode())),
  };
}

function createDecoder(label: string): TextReader {
  try {
    return createTextReader(label === 'utf-16' ? 'utf-16be' : label);
  } catch {
    throw new XmlError(
      'unsupported-encoding',
      `the encoding "${shownName(label)}" is not supported; ask the sender for UTF-8`,
    );
  }
}

function decode(run: () => string): string {
  try {
    return run();
  } catch {
    throw new XmlError('not-xml', 'the bytes are not valid in the encoding of the document');
  }
}
