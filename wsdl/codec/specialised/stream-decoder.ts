import type { Limits } from '../../limits.ts';
import type { MessageDecoder } from '../codec.ts';
import type { ResumableDecoder } from '../decode/compile-decoder.ts';
import type { DecodeState } from './decode-state.ts';
import { MAY_FLUSH } from './generate-stream.ts';
import { keepState } from './idle-states.ts';
import { isLegal } from './legal-bytes.ts';
import { Surprise } from './surprise.ts';
import { skipSpace } from './tag-scan.ts';

/** Bytes taken over at a time. */
const PIECE = 64 * 1024;
/** A step that needs more bytes than this is left to the general decoder: it would be tried again and again. */
const LONGEST_STEP = 512 * 1024;

const COMMA = 44;

/** What the decoder is made of: where `state` stands behind the start tag of the Body. */
export interface StreamStart {
  readonly state: DecodeState;
  readonly steps: Iterator<number, void>;
  /** JSON of the headers, to be put first in the outermost object. */
  readonly prelude: string;
  readonly limits: Limits;
  readonly createGeneral: (write: (json: Uint8Array) => void) => ResumableDecoder;
}

/**
 * Decodes a long message by generated code, in constant memory. Whenever JSON has been written, what the general decoder
 * would need to read on from there is kept: the beginning of the message with the first item of the long array, since
 * after one item it is in the same state as after many.
 */
export class StreamDecoder implements MessageDecoder {
  readonly #start: StreamStart;
  readonly #write: (json: Uint8Array) => void;
  readonly #head: Uint8Array[] = [];
  /** Bytes dropped from the window, and elements read up to there. */
  #dropped = 0;
  #elements = 0;
  #isFlushed = false;
  #isDone = false;
  #isClosed = false;
  #general: ResumableDecoder | undefined;

  constructor(start: StreamStart, write: (json: Uint8Array) => void) {
    this.#start = start;
    this.#write = write;
  }

  /** Takes the bytes that `state` was begun with. */
  begin(): void {
    this.#run();
  }

  write(chunk: Uint8Array): void {
    this.#assertOpen();
    for (let from = 0; from < chunk.length; from += PIECE) this.#take(chunk.subarray(from, from + PIECE));
  }

  end(): ReturnType<MessageDecoder['end']> {
    this.#assertOpen();
    try {
      return this.#end();
    } finally {
      this.#isClosed = true;
      keepState(this.#start.state);
    }
  }

  /** The state is for other messages from the end on. */
  #assertOpen(): void {
    if (this.#isClosed) throw new Error('Internal: a decoder is used after its end');
  }

  #end(): ReturnType<MessageDecoder['end']> {
    const { state } = this.#start;
    state.final = true;
    if (this.#general === undefined && !this.#isDone) this.#run();
    if (this.#general === undefined && !this.#isAtEnd()) this.#fallBack();
    if (this.#general !== undefined) return this.#general.end();
    this.#put(state.json.subarray(0, state.used - 1));
    return { kind: 'message' };
  }

  #take(piece: Uint8Array): void {
    const { state, limits } = this.#start;
    if (this.#general !== undefined) return this.#general.write(piece);
    const length = this.#dropped + state.length + piece.length;
    if (length > limits.maxBytes) {
      this.#fallBack();
      return this.#take(piece);
    }
    state.append(piece);
    if (this.#isDone) {
      if (!this.#isAtEnd()) this.#fallBack();
    } else this.#run();
  }

  #run(): void {
    const { state, steps } = this.#start;
    try {
      for (;;) {
        const { done, value } = steps.next();
        if (done === true) this.#isDone = true;
        if (value !== MAY_FLUSH) break;
        if (!this.#flush()) return this.#fallBack();
      }
    } catch (error) {
      if (!(error instanceof Surprise)) throw error;
      return this.#fallBack();
    }
    if (state.length - state.position > LONGEST_STEP) this.#fallBack();
  }

  #isAtEnd(): boolean {
    const { state } = this.#start;
    return skipSpace(state.bytes, state.position) === state.length && this.#isValid(state.length);
  }

  #isValid(end: number): boolean {
    const { state, limits } = this.#start;
    return state.elements <= limits.maxElements && isLegal(state.bytes.subarray(0, end));
  }

  /** Writes what is known to be good, but for the comma behind it. @returns false if it is not good. */
  #flush(): boolean {
    const { state } = this.#start;
    const { position } = state;
    if (!this.#isValid(position)) return false;
    if (!this.#put(state.json.subarray(0, state.used - 1))) return false;
    state.json[0] = COMMA;
    state.used = 1;
    if (state.firstItemEnd > 0) this.#head.push(Uint8Array.from(state.bytes.subarray(0, state.firstItemEnd)));
    state.firstItemEnd = 0;
    this.#dropped += position;
    this.#elements = state.elements;
    state.discard(position);
    state.commit(state.position);
    return true;
  }

  #put(json: Uint8Array): boolean {
    const { prelude } = this.#start;
    const hasPrelude = prelude !== '' && !this.#isFlushed;
    if (hasPrelude && json[0] !== 123) return false;
    this.#isFlushed = true;
    if (hasPrelude) this.#write(Buffer.from(`{"@header":{${prelude}}${json[1] === 125 ? '' : ','}`));
    this.#write(copyOf(hasPrelude ? json.subarray(1) : json));
    return true;
  }

  /** Has the general decoder read on from where JSON was last written. */
  #fallBack(): void {
    const { state, createGeneral } = this.#start;
    let isHead = true;
    const general = createGeneral((json) => {
      if (!isHead) this.#write(json);
    });
    this.#general = general;
    if (this.#isFlushed) {
      for (const part of this.#head) general.write(part);
      general.resume(this.#dropped, this.#elements);
    }
    isHead = false;
    general.write(state.bytes.subarray(0, state.length));
  }
}

/** In memory of its own, which need not be cleared before. */
function copyOf(json: Uint8Array): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(json.length);
  copy.set(json);
  return copy;
}
