import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import type { XmlContext } from '../../xml/xml-handler.ts';
import { DecodeError, type DecodeErrorCode } from '../codec.ts';
import type { JsonWriter } from './json-writer.ts';
import type { ReaderTable } from './type-reader.ts';

/** One open element. The reader keeps a stack of them, so no message can exhaust the call stack. */
export interface Frame {
  /** A child starts: exactly one frame must be pushed for it. */
  start(name: ExpandedName, attributes: Attributes): void;
  text(value: string, blank: boolean): void;
  /** The element ends; its frame is off the stack already. */
  end(): void;
}

/** What the frames of one document share. */
export interface Reading {
  readonly context: XmlContext;
  readonly table: ReaderTable;
  readonly writer: JsonWriter;
  push(frame: Frame): void;
}

export function fail(reading: Reading, code: DecodeErrorCode, message: string): never {
  throw new DecodeError(code, reading.context.path(), message);
}

export function refuseText(reading: Reading, blank: boolean): void {
  if (!blank) fail(reading, 'unexpected-text', 'text stands where only elements may');
}

/** Reads over an element and all it contains. */
export class SkipFrame implements Frame {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  start(): void {
    this.#reading.push(this);
  }

  text(): void {
    return;
  }

  end(): void {
    return;
  }
}
