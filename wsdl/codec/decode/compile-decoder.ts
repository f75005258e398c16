import { defaultLimits } from '../../limits.ts';
import { XmlError } from '../../xml/xml-error.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import { ReceivedAttachments } from '../attachments/received-attachments.ts';
import { DecodeError } from '../codec.ts';
import type { DecodeOptions, Decoded, MessageDecoder } from '../codec.ts';
import { DecodeContext } from './decode-context.ts';
import { EnvelopeDecoder } from './envelope-decoder.ts';
import { JsonWriter } from './json-writer.ts';
import { compilePlan } from './message-plan.ts';
import type { CompiledPlan, DecodePlan } from './message-plan.ts';

/** Decodes one message of a contract, any number of times. */
export interface CompiledDecoder<Decoder extends MessageDecoder = MessageDecoder> {
  /** A decoder for one message, to be fed chunk by chunk; `write` takes runs of JSON bytes, none for a fault. */
  create(write: (json: Uint8Array) => void, options?: DecodeOptions): Decoder;
  /** @throws DecodeError */
  decodeWhole(bytes: Uint8Array, options?: DecodeOptions): Decoded;
}

/**
 * The general decoder: it reads any layout that XML and the contract allow, and says what a message means. Types are
 * compiled when they are first met.
 */
export function compileDecoder(plan: DecodePlan): CompiledDecoder<ResumableDecoder> {
  const compiled = compilePlan(plan);
  const create: CompiledDecoder<ResumableDecoder>['create'] = (write, options) =>
    new SoapDecoder(compiled, write, options);
  return {
    create,
    decodeWhole(bytes, options) {
      const runs: Uint8Array[] = [];
      const decoder = create((json) => runs.push(json), options);
      decoder.write(bytes);
      const end = decoder.end();
      if (end.kind === 'fault') return end;
      return { kind: 'message', json: runs.length === 1 ? runs[0]! : Buffer.concat(runs) };
    },
  };
}

/** A decoder that can take over a message of which another one has read a part. */
export interface ResumableDecoder extends MessageDecoder {
  /**
   * After what was written stands for all that another decoder has read: so many bytes, so many elements. The JSON up to
   * here is written out.
   */
  resume(bytes: number, elements: number): void;
}

class SoapDecoder implements ResumableDecoder {
  readonly #reader: XmlReader;
  readonly #envelope: EnvelopeDecoder;
  readonly #writer: JsonWriter;
  #failure: Error | undefined;

  constructor(plan: CompiledPlan, write: (json: Uint8Array) => void, options: DecodeOptions = {}) {
    const {
      limits = defaultLimits,
      charset,
      attachments = [],
      defersAttachments = false,
      understood,
    } = options;
    const received = new ReceivedAttachments(attachments, defersAttachments);
    const context = new DecodeContext(plan, limits, received, understood);
    this.#writer = new JsonWriter(write);
    this.#envelope = new EnvelopeDecoder(plan, context, this.#writer);
    this.#reader = new XmlReader(this.#envelope, { limits, charset, names: plan.types.names });
    context.xml = this.#reader.context;
  }

  write(chunk: Uint8Array): void {
    this.#guard(() => {
      this.#reader.write(chunk);
    });
  }

  resume(bytes: number, elements: number): void {
    this.#writer.flush();
    this.#reader.resume(bytes, elements);
  }

  end(): ReturnType<MessageDecoder['end']> {
    this.#guard(() => {
      this.#reader.end();
    });
    const { fault } = this.#envelope;
    if (fault !== undefined) return { kind: 'fault', fault };
    this.#writer.flush();
    return { kind: 'message' };
  }

  /** A decoder that has failed fails again: what follows the failure has no meaning. */
  #guard(step: () => void): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      step();
    } catch (error) {
      this.#failure = this.#translate(error);
      throw this.#failure;
    }
  }

  #translate(error: unknown): Error {
    if (!(error instanceof XmlError)) return error as Error;
    return new DecodeError(error.code, this.#reader.context.path(), error.message);
  }
}
