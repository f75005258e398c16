import type { ElementParticle } from '../../contract.ts';
import { SimpleFault, type SimpleCodec } from '../simple/simple-codec.ts';
import { fail, refuseText, type Frame, type Reading } from './frame.ts';

/** Gathers the text of an element without children and hands it over at its end. */
export class TextFrame implements Frame {
  readonly #reading: Reading;
  readonly #take: (text: string) => void;
  #text = '';

  constructor(reading: Reading, take: (text: string) => void) {
    this.#reading = reading;
    this.#take = take;
  }

  start(): void {
    fail(this.#reading, 'unexpected-element', 'an element stands where only text may');
  }

  text(value: string): void {
    this.#text += value;
  }

  end(): void {
    this.#take(this.#text);
  }
}

/** An element whose content must be empty. */
export class EmptyFrame implements Frame {
  readonly #reading: Reading;
  readonly #finish: () => void;

  constructor(reading: Reading, finish: () => void) {
    this.#reading = reading;
    this.#finish = finish;
  }

  start(): void {
    fail(this.#reading, 'unexpected-element', 'the parent element must be empty');
  }

  text(_value: string, blank: boolean): void {
    refuseText(this.#reading, blank);
  }

  end(): void {
    this.#finish();
  }
}

/** The default and fixed value that an element or attribute declares. */
export type ValueConstraint = Pick<ElementParticle, 'default' | 'fixed'>;

/** Text -> JSON text, with default and fixed values (XSD 1.0 Part 1, 3.3.4 and 3.2.4). */
export function readValue(
  reading: Reading,
  codec: SimpleCodec,
  text: string,
  constraint: ValueConstraint,
): string {
  const effective = text === '' ? (constraint.fixed ?? constraint.default ?? text) : text;
  const { scope } = reading.context;
  const json = codec.fromXml(effective, (prefix) => scope.lookup(prefix));
  if (json instanceof SimpleFault) return fail(reading, 'invalid-value', json.message);
  if (constraint.fixed !== undefined && codec.canonical(effective) !== codec.canonical(constraint.fixed)) {
    return fail(reading, 'invalid-value', `must be ${JSON.stringify(constraint.fixed)}, the fixed value`);
  }
  return json;
}
