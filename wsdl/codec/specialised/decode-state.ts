import { defaultLimits, type Limits } from '../../limits.ts';
import type { GeneralReader } from './general-reader.ts';
import { XmlBindings } from './xml-bindings.ts';
import { Surprise } from './surprise.ts';
import { TagScan } from './tag-scan.ts';

/** Bytes behind the last one received that may be read (they hold a NUL and then anything): literals are compared by words. */
const SLACK = 64;

/** JSON bytes for each byte of XML: a line feed or a quote becomes two, an empty element may become `null,`. */
const EXPANSION = 2;

/** Bytes of JSON that are written at a time when a message is streamed. */
const FLUSH_AT = 32 * 1024;
/** A tag that is not as expected may be so because its end has not come yet. */
const NEAR = 1024;

/** Nested elements beyond the complex types: Envelope, Body, wrapper, and a simple element. */
const OTHER_LEVELS = 4;
/** The generated code is recursive. */
const DEEPEST = 200;

/** One for all: a tag is read in one go, and nobody else reads meanwhile. */
const tag: TagScan = new TagScan();

/**
 * What the generated decoder and the functions that it calls share while they read one message: the window on the XML
 * received, the JSON written, and the checkpoint to which a step that did not succeed goes back.
 */
export class DecodeState {
  /** XML; a NUL stands at `length`, which no scanner runs over. */
  bytes: Buffer = Buffer.alloc(SLACK);
  view: DataView = viewOf(this.bytes);
  length = 0;
  /** No more bytes will come. */
  final = false;
  /** JSON. Each value is followed by a comma, which the bracket that closes takes the place of. */
  json: Buffer = Buffer.alloc(SLACK);
  jsonView: DataView = viewOf(this.json);
  used = 0;
  /** Up to here `json` may be filled with what does not come from text: for text there is room behind it. */
  room = 0;

  /** The element whose tag was read last ended with it: `<a/>`. */
  isEmpty = false;
  /** The element whose tag was opened last is dealt with: it is nil or empty. */
  isDone = false;
  readonly tag: TagScan = tag;
  bindings: XmlBindings = XmlBindings.NONE;
  /** Bits of the bindings in force that are not so in the whole payload. */
  scope = 0;
  depth = 0;
  deepest = 0;
  /** For the elements that the general decoder's parts read. */
  general!: GeneralReader;
  limits: Limits = defaultLimits;
  /** Elements read. */
  elements = 0;
  failedAt = 0;
  /** Bits of the members of an `all` that have come, on the way from one part of it to another. */
  seen = 0;

  /** Position behind the first item of the long array, until it has been dealt with. */
  firstItemEnd = 0;
  /** Bytes of JSON from which some are to be taken. */
  readonly flushAt: number = FLUSH_AT;

  /** Checkpoint: where the step that is being tried began. */
  position = 0;
  #used = 0;
  #scope = 0;
  #depth = 0;
  #elements = 0;

  /** For values that are qualified names. */
  readonly resolvePrefix = (prefix: string): string | undefined => this.bindings.resolve(prefix, this.scope);

  /** A message begins: first its header, if it has one. */
  begin(general: GeneralReader, limits: Limits): void {
    this.general = general;
    this.limits = limits;
    this.deepest = Math.min(limits.maxDepth - OTHER_LEVELS, DEEPEST);
    this.depth = 0;
    this.elements = 0;
    this.used = 0;
  }

  /** What follows is read with certain bindings in force. */
  bind(bindings: XmlBindings): void {
    this.bindings = bindings;
    this.scope = 0;
    this.isEmpty = false;
  }

  /** Forgets a message, but keeps the buffers. */
  reset(): void {
    this.length = 0;
    this.bytes[0] = 0;
    this.final = false;
    this.used = 0;
    this.position = 0;
    this.firstItemEnd = 0;
    this.#used = 0;
  }

  append(chunk: Uint8Array): void {
    const length = this.length + chunk.length;
    if (length + SLACK > this.bytes.length) this.#growBytes(length);
    this.bytes.set(chunk, this.length);
    this.length = length;
    this.bytes[length] = 0;
    this.#makeRoom(0);
  }

  /** Drops the bytes before `from`. */
  discard(from: number): void {
    this.bytes.copy(this.bytes, 0, from, this.length);
    this.length -= from;
    this.bytes[this.length] = 0;
    this.position -= from;
  }

  /** Makes room for `count` bytes that do not come from text. */
  ensure(count: number): void {
    if (this.used + count > this.room) this.#makeRoom(count);
  }

  /** What was read up to `position` holds. */
  commit(position: number): void {
    this.position = position;
    this.#used = this.used;
    this.#scope = this.scope;
    this.#depth = this.depth;
    this.#elements = this.elements;
  }

  /** Back to the checkpoint. */
  rollBack(): void {
    this.used = this.#used;
    this.scope = this.#scope;
    this.depth = this.#depth;
    this.elements = this.#elements;
  }

  /** Goes back to the checkpoint if the step may succeed with more bytes; otherwise throws its error again. */
  retry(error: unknown): void {
    const isNearEnd = this.length - this.failedAt <= NEAR;
    if (this.final || !isNearEnd || !(error instanceof Surprise)) throw error;
    this.rollBack();
  }

  #growBytes(length: number): void {
    const old = this.bytes;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(length + SLACK, old.length * 2));
    old.copy(this.bytes, 0, 0, this.length);
    this.view = viewOf(this.bytes);
  }

  #makeRoom(count: number): void {
    const reserve = EXPANSION * this.length + SLACK;
    const needed = this.used + count + reserve;
    if (needed > this.json.length) {
      const old = this.json;
      this.json = Buffer.allocUnsafeSlow(Math.max(needed, old.length * 2));
      old.copy(this.json, 0, 0, this.used);
      this.jsonView = viewOf(this.json);
    }
    this.room = this.json.length - reserve;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
