import { declarationsOf, elementEnd, standalone, tagEnd } from './scan-xml.ts';
import { WSU } from './namespaces.ts';

/** An envelope of our own encoder, which always calls the namespace of SOAP `soap`. */
export class OwnEnvelope {
  readonly #bytes: Buffer;
  /** Offset after the start tag of soap:Envelope. */
  readonly #opened: number;
  readonly #hasHeader: boolean;
  readonly #bodyAt: number;

  constructor(envelope: Uint8Array) {
    this.#bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength);
    this.#opened = tagEnd(this.#bytes, this.#bytes.indexOf(ENVELOPE));
    this.#hasHeader = this.#startsWith(HEADER, this.#opened);
    this.#bodyAt = this.#hasHeader ? elementEnd(this.#bytes, this.#opened) : this.#opened;
    if (!this.#startsWith(BODY, this.#bodyAt)) throw new Error('the envelope has no soap:Body in its place');
  }

  /** soap:Body with the wsu:Id as a document of its own, to be canonicalised. */
  standaloneBody(id: string): Buffer {
    const envelopeTag = this.#bytes.toString('utf8', this.#bytes.indexOf(ENVELOPE), this.#opened);
    const body = this.#bytes.subarray(this.#bodyAt + BODY.length, this.#bytes.length - CLOSING_BYTES);
    return standalone(Buffer.concat([BODY, idAttribute(id), body]), declarationsOf(envelopeTag));
  }

  /** The whole with header blocks put before those there are; no other byte differs but for the wsu:Id of soap:Body. */
  withBlocks(blocks: string, bodyId?: string): Buffer {
    const header = this.#hasHeader ? blocks : `<soap:Header>${blocks}</soap:Header>`;
    const headerAt = this.#opened + (this.#hasHeader ? HEADER.length : 0);
    const nameEnd = this.#bodyAt + BODY.length;
    return Buffer.concat([
      this.#bytes.subarray(0, headerAt),
      Buffer.from(header),
      this.#bytes.subarray(headerAt, nameEnd),
      ...(bodyId === undefined ? [] : [idAttribute(bodyId)]),
      this.#bytes.subarray(nameEnd),
    ]);
  }

  #startsWith(text: Buffer, at: number): boolean {
    return this.#bytes.subarray(at, at + text.length).equals(text);
  }
}

const ENVELOPE = Buffer.from('<soap:Envelope');
const HEADER = Buffer.from('<soap:Header>');
const BODY = Buffer.from('<soap:Body');
const CLOSING_BYTES = '</soap:Envelope>'.length;

function idAttribute(id: string): Buffer {
  return Buffer.from(` xmlns:wsu="${WSU}" wsu:Id="${id}"`);
}
