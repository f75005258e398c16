import type { Limits } from '../limits.ts';
import { failMime } from './mime-error.ts';
import { parsePartHeaders, type PartHeaders } from './part-headers.ts';
import { createTransferDecoder, type TransferDecoder } from './transfer-decoding.ts';

/** Told of each part in order; `partData` as often as bytes are known, their transfer encoding undone. */
export interface PartHandler {
  partStart(headers: PartHeaders): void;
  partData(bytes: Uint8Array): void;
  partEnd(): void;
}

export type MimeLimits = Pick<Limits, 'maxBytes' | 'maxParts' | 'maxPartBytes' | 'maxPartHeaderBytes'>;

type Place = 'preamble' | 'headers' | 'body' | 'epilogue';

const LF = 0x0a;
const CR = 0x0d;
/** Blanks that may stand behind a boundary (RFC 2046, 5.1.1: transport-padding); no sender writes as many. */
const MOST_PADDING = 256;

type BoundaryLine =
  { readonly kind: 'close' } | { readonly kind: 'open'; readonly bytes: number; readonly lineEnd: string };

/**
 * Finds the parts of a multipart body (RFC 2046, 5.1) that comes in chunks of any size. What it holds back is never longer
 * than a boundary line or a part's header. Lines end with CRLF; a package whose first boundary line ends with LF alone
 * is read by that rule throughout.
 */
export class MultipartScanner {
  readonly #handler: PartHandler;
  readonly #limits: MimeLimits;
  readonly #boundary: string;
  /** Bytes not yet dealt with. At first a line end, as the first boundary may stand at the very start. */
  #window: Buffer = Buffer.from('\n');
  #delimiter: Buffer;
  #place: Place = 'preamble';
  #decoder!: TransferDecoder;
  /** Bytes of the empty line before a body: they may be the beginning of the next delimiter, too. */
  #skip = 0;
  #bytes = 0;
  #parts = 0;
  #partBytes = 0;

  constructor(boundary: string, limits: MimeLimits, handler: PartHandler) {
    this.#boundary = boundary;
    this.#limits = limits;
    this.#handler = handler;
    this.#delimiter = Buffer.from(`\n--${boundary}`, 'latin1');
  }

  /** @throws DecodeError; the scanner is then spent. */
  write(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    check('the MIME package has too many bytes', this.#bytes, this.#limits.maxBytes);
    if (this.#place === 'epilogue') return;
    this.#window = this.#window.length > 0 ? Buffer.concat([this.#window, chunk]) : asBuffer(chunk);
    while (this.#place === 'headers' ? this.#readHeaders() : this.#readContent());
  }

  /** @throws DecodeError if the closing boundary has not come. */
  end(): void {
    if (this.#place === 'preamble')
      failMime('the MIME package has no part: its boundary does not occur in it');
    if (this.#place !== 'epilogue') failMime('the MIME package ends before its closing boundary', 'cut-off');
  }

  /** Preamble or body, up to the next boundary line. @returns false if that needs more bytes, or is the last. */
  #readContent(): boolean {
    for (let from = 0; ;) {
      const found = this.#window.indexOf(this.#delimiter, from);
      if (found < 0) return this.#pass(this.#window.length - this.#delimiter.length + 1);
      const line = this.#boundaryLine(found + this.#delimiter.length);
      if (line === undefined) return this.#pass(found);
      from = found + 1;
      if (line === 'content') continue;
      this.#pass(found);
      return this.#endContent(line);
    }
  }

  /** What follows the boundary: a line end, the closing `--`, or text that makes it content after all. */
  #boundaryLine(at: number): BoundaryLine | 'content' | undefined {
    const rest = this.#window.toString('latin1', at, at + MOST_PADDING);
    if (rest.startsWith('--')) return { kind: 'close' };
    const line = /^[ \t]*(\r?\n)/.exec(rest);
    if (line) return { kind: 'open', bytes: this.#delimiter.length + line[0].length, lineEnd: line[1]! };
    return rest.length < MOST_PADDING && /^(?:-|[ \t]*\r?)$/.test(rest) ? undefined : 'content';
  }

  #endContent(line: BoundaryLine): boolean {
    if (this.#place === 'body') this.#endPart();
    if (line.kind === 'close') {
      this.#place = 'epilogue';
      this.#window = NOTHING;
      return false;
    }
    if (this.#place === 'preamble')
      this.#delimiter = Buffer.from(`${line.lineEnd}--${this.#boundary}`, 'latin1');
    this.#parts += 1;
    check('the MIME package has too many parts', this.#parts, this.#limits.maxParts);
    this.#place = 'headers';
    this.#window = this.#window.subarray(line.bytes);
    return true;
  }

  /** Passes the bytes before `end` on, or over. @returns false */
  #pass(end: number): false {
    if (end <= 0) return false;
    const content = this.#window.subarray(Math.min(this.#skip, end), end);
    this.#skip -= Math.min(this.#skip, end);
    this.#window = this.#window.subarray(end);
    if (this.#place === 'body' && content.length > 0) this.#passData(this.#decoder.write(content));
    return false;
  }

  #passData(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#partBytes += bytes.length;
    check('a MIME part has too many bytes', this.#partBytes, this.#limits.maxPartBytes);
    this.#handler.partData(bytes);
  }

  #endPart(): void {
    this.#passData(this.#decoder.end());
    this.#handler.partEnd();
  }

  /** The header of a part up to its empty line. @returns false if that needs more bytes. */
  #readHeaders(): boolean {
    for (let line = 0; ;) {
      const end = this.#window.indexOf(LF, line);
      const { maxPartHeaderBytes } = this.#limits;
      check(
        'the header of a MIME part has too many bytes',
        end < 0 ? this.#window.length : end,
        maxPartHeaderBytes,
      );
      if (end < 0) return false;
      if (end === line || (end === line + 1 && this.#window[line] === CR))
        return this.#startPart(line, end + 1);
      line = end + 1;
    }
  }

  #startPart(headerEnd: number, bodyStart: number): true {
    const headers = parsePartHeaders(this.#window.toString('latin1', 0, headerEnd));
    this.#decoder = createTransferDecoder(headers.transferEncoding);
    this.#window = this.#window.subarray(headerEnd);
    this.#skip = bodyStart - headerEnd;
    this.#partBytes = 0;
    this.#place = 'body';
    this.#handler.partStart(headers);
    return true;
  }
}

const NOTHING = Buffer.alloc(0);

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function check(what: string, actual: number, limit: number): void {
  if (actual > limit) failMime(`${what}; at most ${limit} are allowed`, 'limit-exceeded');
}
