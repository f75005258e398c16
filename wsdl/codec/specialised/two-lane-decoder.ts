import { defaultLimits } from '../../limits.ts';
import type { DecodeOptions, Decoded, MessageDecoder } from '../codec.ts';
import type { CompiledDecoder, ResumableDecoder } from '../decode/compile-decoder.ts';
import type { SpecialisedDecoder } from './specialised-decoder.ts';

/** Bytes of a message that are kept to be decoded in one go; a longer one is decoded as it comes. */
const MOST_KEPT = 64 * 1024;
/** Bytes of a message without a long array that are copied to be decoded in one go. */
const MOST_WHOLE = 4 * 1024 * 1024;

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
      if (bytes.length > MOST_KEPT) return decodeLong(specialised, general, bytes, options);
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
  const beginning = bytes.subarray(0, MOST_KEPT);
  const stream = specialised.createStream(beginning, (run) => runs.push(run), createGeneral, options);
  if (stream === undefined) return decodeWithoutArray(specialised, general, bytes, options);
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
  const json = bytes.length > MOST_WHOLE ? undefined : specialised.decode(bytes, options);
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
  #kept: Uint8Array[] = [];
  #length = 0;
  /** Reads the message from when it is known that the specialised decoder does not. */
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
    // The caller may use the chunk's memory again.
    this.#kept.push(Uint8Array.from(chunk));
    this.#length += chunk.length;
    if (this.#length > maxBytes) this.#generalise();
    else if (this.#length > MOST_KEPT) this.#stream();
  }

  end(): ReturnType<MessageDecoder['end']> {
    if (this.#decoder !== undefined) return this.#decoder.end();
    const json = this.#specialised.decode(this.#whole(), this.#options);
    if (json === undefined) return this.#generalise().end();
    this.#write(json);
    return { kind: 'message' };
  }

  #whole(): Uint8Array {
    const whole = this.#kept.length === 1 ? this.#kept[0]! : Buffer.concat(this.#kept);
    this.#kept = [whole];
    return whole;
  }

  #stream(): void {
    const createGeneral = (write: (json: Uint8Array) => void): ResumableDecoder =>
      this.#general.create(write, this.#options);
    const stream = this.#specialised.createStream(this.#whole(), this.#write, createGeneral, this.#options);
    if (stream === undefined) this.#generalise();
    else this.#decoder = stream;
    this.#kept = [];
  }

  #generalise(): MessageDecoder {
    this.#decoder = this.#general.create(this.#write, this.#options);
    for (const chunk of this.#kept) this.#decoder.write(chunk);
    this.#kept = [];
    return this.#decoder;
  }
}
