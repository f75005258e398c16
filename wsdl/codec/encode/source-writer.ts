import type { AttachmentSink } from '../attachments/attachment-sink.ts';
import type { TypeEncoder } from './type-encoder.ts';
import type { ValueFaultCode } from '../codec.ts';
import { LAST, output } from './byte-output.ts';
import { escapePointer, FIRST_FAULT } from './fault-collector.ts';
import { storeLiteral } from './store-literal.ts';

/** `fast` stops at the first fault; `tracking` reports each with its pointer. */
export type EncoderMode = 'fast' | 'tracking';

/** Octets of a literal that stores of its own write; a longer one is copied. */
const STORED = 64;
/** Stores in one function; past it literals are copied, since V8 leaves very long functions unoptimised. */
const MOST_STORES = 600;

/**
 * Builds the source of one function. Whatever comes from a contract enters the source only as a JSON string literal, a
 * number or a constant, so no name can become code. The variable `at` is the position in the output.
 */
export class SourceWriter {
  readonly mode: EncoderMode;
  /** Takes what the generated code puts beside the envelope. */
  readonly attachments: AttachmentSink;
  readonly #lines: string[] = [];
  readonly #constants: unknown[] = [];
  readonly #known = new Map<unknown, string>();
  #variables = 0;
  /** Literal text to be written before anything else is. */
  #pending = '';
  #stores = 0;

  constructor(mode: EncoderMode, attachments: AttachmentSink) {
    this.mode = mode;
    this.attachments = attachments;
  }

  line(code: string): void {
    this.#writePending();
    this.#lines.push(code);
  }

  /** A statement that neither writes nor opens or closes a block, so that literals around it may be written as one. */
  check(code: string): void {
    this.#lines.push(code);
  }

  /** Appends XML that is the same for all values. */
  literal(xml: string): void {
    this.#pending += xml;
  }

  /** Appends an expression's text. */
  text(expression: string): void {
    this.line(`at = O.text(at, ${expression});`);
  }

  /** What `write` writes, unless the condition holds; then the fault, a statement, is reported instead. */
  unless(condition: string, fault: string, write: () => void): void {
    if (this.mode === 'fast' && fault !== '') {
      this.check(`if (${condition}) ${fault}`);
      write();
      return;
    }
    this.line(`if (${condition}) { ${fault} } else {`);
    write();
    this.line('}');
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

  /** @returns the function of what was written: `(v, d, p, x, at) => number`. */
  toFunction(): TypeEncoder {
    this.line('return at;');
    const names = this.#constants.map((_, index) => `c${index}`);
    const source = `"use strict"; const [${names.join(',')}] = C; return function (v, d, p, x, at) {\n${this.#lines.join('\n')}\n};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the point of the module; see its comment
    return new Function('C', 'O', 'B', 'W', source)(
      this.#constants,
      output,
      output.bytes,
      output.view,
    ) as TypeEncoder;
  }

  #writePending(): void {
    const xml = this.#pending;
    if (xml === '') return;
    this.#pending = '';
    const bytes = Buffer.from(xml);
    const stores = this.mode === 'fast' && bytes.length <= STORED ? storeLiteral(bytes) : undefined;
    if (stores === undefined || this.#stores + stores.length > MOST_STORES) {
      this.#lines.push(`at = O.copy(at, ${this.constant(bytes)});`);
      return;
    }
    this.#stores += stores.length;
    this.#lines.push(`if (at > ${LAST}) at = O.flush(at);`, ...stores, `at += ${bytes.length};`);
  }
}

export function quote(text: string): string {
  return JSON.stringify(text);
}
