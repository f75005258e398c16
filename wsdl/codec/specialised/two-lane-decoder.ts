import { defaultLimits } from '../../limits.ts';
import type { DecodeOptions, Decoded, MessageDecoder } from '../codec.ts';
import type { CompiledDecoder, ResumableDecoder } from '../decode/compile-decoder.ts';
import type { DecodeState } from './decode-state.ts';
import { keepState, takeState } from './idle-states.ts';
import type { SpecialisedDecoder } from './specialised-decoder.ts';

/** Bytes of a message that are kept to be decoded in one go; a longer one is decoded as it comes. */
const MOST_KEPT = 64 * 1024;
/** Bytes of a message that is there, and is decoded in one go. */
const MOST_WHOLE = 256 * 1024;
/** The same, of one without a long array. */
const MOST_WITHOUT_ARRAY = 4 * 1024 * 1024;

/** The specialised decoder first, the general one for what it does not take: same JSON, same errors. */
export function twoLaneDecoder(
  general: CompiledDecoder<ResumableDecoder>,
  specialised: SpecialisedDecoder,
): CompiledDecoder {
  return {
    create: (write, options) =>
      isForGeneral(options)
        ? general.create(write, options)
        : new TwoLaneDecoder(general, specialised, write, options),
    decodeWhole(bytes, options): Decoded {
      if (isForGeneral(options)) return general.decodeWhole(bytes, options);
      if (bytes.length > MOST_WHOLE) return decodeLong(specialised, general, bytes, options);
      const json = specialised.decode(bytes, options);
      return json === undefined ? general.decodeWhole(bytes, options) : { kind: 'message', json };
    },
  };
}

/** By its pieces if it has a long array; large buffers cost more than the decoding. */
function decodeLong(
  specialised: SpecialisedDecoder,
  general: CompiledDecoder<ResumableDecoder>,
  bytes: Uint8Array,
  options: DecodeOptions | undefined,
): Decoded {
  const runs: Uint8Array[] = [];
  const createGeneral = (write: (json: Uint8Array) => void): ResumableDecoder =>
    general.create(write, options);
  const state = takeState();
  state.append(bytes.subarray(0, MOST_KEPT));
  const stream = specialised.createStream(state, (run) => runs.push(run), createGeneral, options);
  if (stream === undefined) {
    keepState(state);
    return decodeWithoutArray(specialised, general, bytes, options);
  }
  stream.write(bytes.subarray(MOST_KEPT));
  const end = stream.end();
  return end.kind === 'fault' ? end : { kind: 'message', json: Buffer.concat(runs) };
}

function decodeWithoutArray(
  specialised: SpecialisedDecoder,
  general: CompiledDecoder,
  bytes: Uint8Array,
  options: DecodeOptions | undefined,
): Decoded {
  const json = bytes.length > MOST_WITHOUT_ARRAY ? undefined : specialised.decode(bytes, options);
  return json === undefined ? general.decodeWhole(bytes, options) : { kind: 'message', json };
}

/** Only the general decoder knows attachments. */
function isForGeneral({ generalOnly, attachments, defersAttachments }: DecodeOptions = {}): boolean {
  return generalOnly === true || attachments !== undefined || defersAttachments === true;
}

class TwoLaneDecoder implements MessageDecoder {
  readonly #general: CompiledDecoder<ResumableDecoder>;
  readonly #specialised: SpecialisedDecoder;
  readonly #write: (json: Uint8Array) => void;
  readonly #options: DecodeOptions | undefined;
  /** Holds what has come, until it is known who reads it. */
  #state: DecodeState | undefined;
  /** Reads the message from when it is known that the specialised decoder does not, or not at once. */
  #decoder: MessageDecoder | undefined;

  constructor(
    general: CompiledDecoder<ResumableDecoder>,
    specialised: SpecialisedDecoder,
    write: (json: Uint8Array) => void,
    options: DecodeOptions | undefined,
  ) {
    this.#general = general;
    this.#specialised = specialised;
    this.#write = write;
    this.#options = options;
  }

  write(chunk: Uint8Array): void {
    if (this.#decoder !== undefined) return this.#decoder.write(chunk);
    const { maxBytes } = this.#options?.limits ?? defaultLimits;
    const state = (this.#state ??= takeState());
    state.append(chunk);
    if (state.length > maxBytes) this.#generalise(state);
    else if (state.length > MOST_KEPT) this.#stream(state);
  }

  end(): ReturnType<MessageDecoder['end']> {
    if (this.#decoder !== undefined) return this.#decoder.end();
    const state = (this.#state ??= takeState());
    const json = this.#specialised.decodeKept(state, this.#options);
    if (json === undefined) return this.#generalise(state).end();
    this.#state = undefined;
    keepState(state);
    this.#write(json);
    return { kind: 'message' };
  }

  #stream(state: DecodeState): void {
    const createGeneral = (write: (json: Uint8Array) => void): ResumableDecoder =>
      this.#general.create(write, this.#options);
    this.#decoder = this.#specialised.createStream(state, this.#write, createGeneral, this.#options);
    if (this.#decoder === undefined) this.#generalise(state);
  }

  #generalise(state: DecodeState): MessageDecoder {
    this.#decoder = this.#general.create(this.#write, this.#options);
    try {
      this.#decoder.write(state.bytes.subarray(0, state.length));
    } finally {
      this.#state = undefined;
      keepState(state);
    }
    return this.#decoder;
  }
}
