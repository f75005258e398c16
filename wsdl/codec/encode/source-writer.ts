import type { AttachmentSink } from '../attachments/attachment-sink.ts';
import type { TypeEncoder } from './type-encoder.ts';
import type { ValueFaultCode } from '../codec.ts';
import { escapePointer, FIRST_FAULT } from './fault-collector.ts';

/** `fast` stops at the first fault; `tracking` reports each with its pointer. */
export type EncoderMode = 'fast' | 'tracking';

/**
 * Builds the source of one function. Whatever comes from a contract enters the source only as a JSON string literal or as
 * a constant, so no name can become code.
 */
export class SourceWriter {
  readonly mode: EncoderMode;
  /** Takes what the generated code puts beside the envelope. */
  readonly attachments: AttachmentSink;
  readonly #lines: string[] = [];
  readonly #constants: unknown[] = [];
  readonly #known = new Map<unknown, string>();
  #variables = 0;

  constructor(mode: EncoderMode, attachments: AttachmentSink) {
    this.mode = mode;
    this.attachments = attachments;
  }

  line(code: string): void {
    this.#lines.push(code);
  }

  variable(): string {
    return `v${this.#variables++}`;
  }

  /** A name in the source for a value that is known now. */
  constant(value: unknown): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const name = `c${this.#constants.push(value) - 1}`;
    this.#known.set(value, name);
    return name;
  }

  /** Expression for the pointer of a member. */
  memberPointer(pointer: string, member: string): string {
    return this.mode === 'fast' ? '""' : `${pointer} + ${quote(`/${escapePointer(member)}`)}`;
  }

  /** Expression for the pointer of an array's item. */
  itemPointer(pointer: string, index: string): string {
    return this.mode === 'fast' ? '""' : `${pointer} + "/" + ${index}`;
  }

  /** Statement that reports a fault whose message is known now. */
  fault(pointer: string, code: ValueFaultCode, message: string): string {
    return this.faultSaying(pointer, quote(code), quote(message));
  }

  /** Statement that reports a fault whose code and message are expressions. */
  faultSaying(pointer: string, code: string, message: string): string {
    return this.mode === 'fast'
      ? `throw ${this.constant(FIRST_FAULT)};`
      : `x.add(${pointer}, ${code}, ${message});`;
  }

  /** @returns the function of what was written: `(v, d, p, x) => string`. */
  toFunction(): TypeEncoder {
    const names = this.#constants.map((_, index) => `c${index}`);
    const source = `"use strict"; const [${names.join(',')}] = C; return function (v, d, p, x) {\n${this.#lines.join('\n')}\n};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the point of the module; see its comment
    return new Function('C', source)(this.#constants) as TypeEncoder;
  }
}

export function quote(text: string): string {
  return JSON.stringify(text);
}
