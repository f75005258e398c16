import { TextDecoder } from 'node:util';

/**
 * Bytes of an XML document as text. A byte order mark counts first, then `charset` of the Content-Type (RFC 7303, 3),
 * then the XML declaration, then UTF-8. Wrong bytes become replacement characters: refusing them is the decoder's part.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  return decoderOf(markOf(bytes) ?? charset ?? declaredEncoding(bytes)).decode(bytes);
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function declaredEncoding(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch (error) {
    // An unknown label: the decoder names it in its own refusal.
    if (error instanceof RangeError) return new TextDecoder();
    throw error;
  }
}
