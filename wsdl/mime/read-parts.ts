import { failMime } from './mime-error.ts';
import type { MediaType } from './media-type.ts';
import { MultipartScanner, type MimeLimits } from './multipart-scanner.ts';
import type { PartHeaders } from './part-headers.ts';

/** A part whose content is still to be read. What is not read by the time the next part is asked for is passed over. */
export interface MimePart extends PartHeaders {
  readonly content: AsyncIterable<Uint8Array>;
}

type PartEvent =
  | { readonly kind: 'start'; readonly headers: PartHeaders }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

/**
 * The parts of a multipart body in order, each read as it is asked for: memory does not grow with their size.
 * @throws DecodeError when what was promised does not come, or more than the limits allow.
 */
export async function* readParts(
  source: AsyncIterable<Uint8Array>,
  type: MediaType,
  limits: MimeLimits,
): AsyncGenerator<MimePart> {
  const events = new PartEvents(source, boundaryOf(type), limits);
  try {
    for (let event = await events.next(); event?.kind === 'start'; event = await events.next()) {
      const content = new PartContent(events);
      yield { ...event.headers, content };
      await content.skip();
    }
  } finally {
    await events.close();
  }
}

function boundaryOf({ parameters }: MediaType): string {
  const boundary = parameters.get('boundary') ?? '';
  // RFC 2046, 5.1.1 allows 70 characters; more have been seen.
  if (boundary === '' || boundary.length > 200)
    failMime('the Content-Type of the MIME package has no usable boundary');
  return boundary;
}

/** What the scanner tells, fetched from the source when it is asked for. */
class PartEvents {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #scanner: MultipartScanner;
  #queue: PartEvent[] = [];
  #next = 0;
  #hasEnded = false;

  constructor(source: AsyncIterable<Uint8Array>, boundary: string, limits: MimeLimits) {
    this.#chunks = source[Symbol.asyncIterator]();
    this.#scanner = new MultipartScanner(boundary, limits, {
      partStart: (headers) => this.#queue.push({ kind: 'start', headers }),
      partData: (bytes) => this.#queue.push({ kind: 'data', bytes }),
      partEnd: () => this.#queue.push({ kind: 'end' }),
    });
  }

  /** @returns undefined after the last. */
  async next(): Promise<PartEvent | undefined> {
    while (this.#next === this.#queue.length && !this.#hasEnded) await this.#fetch();
    return this.#queue[this.#next++];
  }

  async #fetch(): Promise<void> {
    this.#queue = [];
    this.#next = 0;
    const chunk = await this.#chunks.next();
    if (chunk.done === true) {
      this.#hasEnded = true;
      this.#scanner.end();
    } else this.#scanner.write(chunk.value);
  }

  async close(): Promise<void> {
    if (!this.#hasEnded) await this.#chunks.return?.();
  }
}

class PartContent implements AsyncIterable<Uint8Array> {
  readonly #events: PartEvents;
  #hasEnded = false;

  constructor(events: PartEvents) {
    this.#events = events;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let bytes = await this.#next(); bytes !== undefined; bytes = await this.#next()) yield bytes;
  }

  async skip(): Promise<void> {
    while ((await this.#next()) !== undefined);
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#hasEnded) return undefined;
    const event = await this.#events.next();
    if (event?.kind === 'data') return event.bytes;
    this.#hasEnded = true;
    return undefined;
  }
}
