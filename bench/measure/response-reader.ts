/** Follows HTTP/1.1 answers on one connection, looking at no more of them than is needed to know where each ends. */
export class ResponseReader {
  readonly #onFirstByte: () => void;
  readonly #onEnd: (status: number) => void;
  #head: Buffer = Buffer.alloc(0);
  #status = 0;
  #left = 0;
  #place: 'head' | 'body' | 'chunk-size' | 'chunk' | 'trailer' = 'head';
  #size = '';

  constructor(onFirstByte: () => void, onEnd: (status: number) => void) {
    this.#onFirstByte = onFirstByte;
    this.#onEnd = onEnd;
  }

  read(bytes: Buffer): void {
    let at = this.#place === 'head' ? this.#readHead(bytes) : 0;
    while (at < bytes.length)
      at =
        this.#place === 'chunk-size' || this.#place === 'trailer'
          ? this.#readLine(bytes, at)
          : this.#skip(bytes, at);
  }

  /** @returns where the body starts in `bytes`. */
  #readHead(bytes: Buffer): number {
    const before = this.#head.length;
    const all = before === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    const end = all.indexOf('\r\n\r\n');
    if (end === -1) {
      this.#head = all;
      return bytes.length;
    }
    this.#head = Buffer.alloc(0);
    this.#begin(all.toString('latin1', 0, end + 2));
    return end + 4 - before;
  }

  #begin(head: string): void {
    this.#status = Number(head.slice(9, 12));
    this.#onFirstByte();
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
    this.#left = Number(length ?? 0);
    if (/\r\ntransfer-encoding: *chunked\r\n/i.test(head)) this.#place = 'chunk-size';
    else if (this.#left > 0) this.#place = 'body';
    else this.#end();
  }

  #skip(bytes: Buffer, at: number): number {
    const taken = Math.min(this.#left, bytes.length - at);
    this.#left -= taken;
    if (this.#left === 0) {
      if (this.#place === 'body') this.#end();
      else this.#place = 'chunk-size';
    }
    return at + taken;
  }

  #readLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(10, at);
    this.#size += bytes.toString('latin1', at, end === -1 ? bytes.length : end);
    if (end === -1) return bytes.length;
    const line = this.#size.trim();
    this.#size = '';
    if (this.#place === 'trailer') {
      if (line === '') this.#end();
    } else if (line !== '') this.#beginChunk(Number.parseInt(line, 16));
    return end + 1;
  }

  #beginChunk(size: number): void {
    this.#left = size;
    this.#place = size === 0 ? 'trailer' : 'chunk';
  }

  #end(): void {
    this.#place = 'head';
    this.#onEnd(this.#status);
  }
}
