import { createTextReader, type TextReader } from '../xml/text-reader.ts';
import { LoadError } from './load-error.ts';

const LONGEST_DECLARATION = 1024;

/** Bytes of an XML document -> text, by byte order mark, else XML declaration, else UTF-8 (XML 1.0, 4.3.3 and appendix F). @throws LoadError */
export function decodeText(bytes: Uint8Array): string {
  const label = encodingOf(bytes);
  const decoder = createDecoder(label);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new LoadError(
      'XML_ENCODING',
      `The bytes are not valid ${label}. Correct the encoding in the XML declaration.`,
      { cause: error },
    );
  }
}

function createDecoder(label: string): TextReader {
  try {
    return createTextReader(label);
  } catch (error) {
    throw new LoadError(
      'XML_ENCODING',
      `The encoding "${label}" is not known. Convert the document to UTF-8.`,
      { cause: error },
    );
  }
}

function encodingOf(bytes: Uint8Array): string {
  return byteOrder(bytes) ?? declaredEncoding(bytes) ?? 'utf-8';
}

/** From a byte order mark, or from how `<` is written. */
function byteOrder(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (first === 0x3c && second === 0) return 'utf-16le';
  return first === 0 && second === 0x3c ? 'utf-16be' : undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_DECLARATION)).toString('latin1');
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(start)?.[1];
  // Bytes that were read as ASCII so far cannot be UTF-16, whatever the declaration says.
  return declared && /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}
