import type { Limits } from '../limits.ts';
import { createTranscoder, detectEncoding } from './encoding.ts';
import type { Transcoder } from './encoding.ts';
import type { NameTable } from './names.ts';
import { Tokenizer } from './tokenizer.ts';
import { limitExceeded } from './xml-error.ts';
import type { XmlContext, XmlHandler } from './xml-handler.ts';

export interface XmlReaderOptions {
  readonly limits: Limits;
  /** From the Content-Type. */
  readonly charset?: string | undefined;
  readonly names?: NameTable;
}

/** Reads an XML document in any supported encoding that comes in chunks of any size. */
export class XmlReader {
  readonly #tokenizer: Tokenizer;
  readonly #charset: string | undefined;
  readonly #maxBytes: number;
  #bytes = 0;
  /** First bytes, kept until the encoding is known. */
  #head: Uint8Array | undefined = new Uint8Array(0);
  #transcoder: Transcoder | undefined;

  constructor(handler: XmlHandler, options: XmlReaderOptions) {
    this.#tokenizer = new Tokenizer(handler, options);
    this.#charset = options.charset;
    this.#maxBytes = options.limits.maxBytes;
  }

  get context(): XmlContext {
    return this.#tokenizer;
  }

  /** @throws XmlError; the reader is then spent. */
  write(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) limitExceeded('the document has too many bytes', this.#maxBytes);
    if (this.#head === undefined) this.#pass(chunk);
    else this.#begin(this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]), false);
  }

  /** What was written stands for so many bytes and elements that another reader has read. */
  resume(bytes: number, elements: number): void {
    this.#bytes = bytes;
    this.#tokenizer.resume(elements);
  }

  /** @throws XmlError if the document is not complete. */
  end(): void {
    if (this.#head !== undefined) this.#begin(this.#head, true);
    if (this.#transcoder !== undefined) this.#tokenizer.write(this.#transcoder.end());
    this.#tokenizer.end();
  }

  #begin(head: Uint8Array, atEnd: boolean): void {
    const found = detectEncoding(head, this.#charset, atEnd);
    if (found === undefined) {
      this.#head = Uint8Array.from(head);
      return;
    }
    this.#head = undefined;
    this.#transcoder = createTranscoder(found.label);
    this.#pass(head.subarray(found.skip));
  }

  #pass(chunk: Uint8Array): void {
    this.#tokenizer.write(this.#transcoder === undefined ? chunk : this.#transcoder.write(chunk));
  }
}
