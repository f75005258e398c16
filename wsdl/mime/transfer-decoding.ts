import { failMime } from './mime-error.ts';

/** Undoes a Content-Transfer-Encoding, chunk by chunk. */
export interface TransferDecoder {
  write(chunk: Buffer): Uint8Array;
  /** What was held back. @throws DecodeError if the content ends in the middle of something. */
  end(): Uint8Array;
}

const NOTHING = new Uint8Array(0);

const identity: TransferDecoder = { write: (chunk) => chunk, end: () => NOTHING };

const decoders: ReadonlyMap<string, () => TransferDecoder> = new Map([
  ['7bit', () => identity],
  ['8bit', () => identity],
  ['binary', () => identity],
  ['base64', () => new Base64Decoder()],
  ['quoted-printable', () => new QuotedPrintableDecoder()],
]);

/** @throws DecodeError for an encoding that RFC 2045, 6.1 does not have. */
export function createTransferDecoder(encoding: string): TransferDecoder {
  const create = decoders.get(encoding);
  return create ? create() : failMime('a MIME part has an unknown Content-Transfer-Encoding');
}

/** RFC 2045, 6.8. Line ends and blanks mean nothing; other characters outside the alphabet are refused. */
class Base64Decoder implements TransferDecoder {
  #held = '';
  #hasEnded = false;

  write(chunk: Buffer): Uint8Array {
    const text = this.#held + chunk.toString('latin1').replace(/[ \t\r\n]+/g, '');
    if (text === '') return NOTHING;
    if (this.#hasEnded || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) failMime('a MIME part is not valid base64');
    this.#hasEnded = text.endsWith('=') && text.length % 4 === 0;
    const whole = text.length - (text.length % 4);
    this.#held = text.slice(whole);
    return Buffer.from(text.slice(0, whole), 'base64');
  }

  end(): Uint8Array {
    return this.#held === '' ? NOTHING : failMime('a MIME part is not valid base64: it ends too early');
  }
}

/** RFC 2045, 6.7. */
class QuotedPrintableDecoder implements TransferDecoder {
  #held = '';

  write(chunk: Buffer): Uint8Array {
    const text = this.#held + chunk.toString('latin1');
    // An escape or a run of blanks may go on in the next chunk.
    const cut = /(?:=[0-9A-Fa-f]?|=?[ \t]+\r?|=\r|\r)$/.exec(text.slice(-MOST_HELD))?.[0].length ?? 0;
    this.#held = text.slice(text.length - cut);
    return unquote(text.slice(0, text.length - cut));
  }

  end(): Uint8Array {
    return unquote(this.#held.replace(/[ \t]+$/, '').replace(/=\r?$/, ''));
  }
}

/** A line has 76 characters at most. */
const MOST_HELD = 80;

function unquote(text: string): Uint8Array {
  const joined = text.replace(/[ \t]+(\r?\n)/g, '$1').replace(/=\r?\n/g, '');
  if (/=(?![0-9A-Fa-f]{2})/.test(joined)) failMime('a MIME part is not valid quoted-printable');
  return Buffer.from(
    joined.replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
