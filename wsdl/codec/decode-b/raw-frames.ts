import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { RawXmlWriter } from '../../xml/raw-xml-writer.ts';
import type { Frame, Reading } from './frame.ts';

/** Copies one element, itself included, as raw XML. To be made when the element starts. */
export class RawElementFrame implements Frame {
  readonly #reading: Reading;
  readonly #raw: RawXmlWriter;
  readonly #take: (xml: string) => void;

  constructor(reading: Reading, attributes: Attributes, take: (xml: string) => void) {
    this.#reading = reading;
    this.#raw = new RawXmlWriter(reading.context);
    this.#take = take;
    this.#raw.startElement(attributes);
  }

  start(_name: ExpandedName, attributes: Attributes): void {
    this.#raw.startElement(attributes);
    this.#reading.push(this);
  }

  text(value: string): void {
    this.#raw.text(value);
  }

  end(): void {
    this.#raw.endElement();
    if (this.#raw.depth === 0) this.#take(this.#raw.toString());
  }
}

/** Copies the content of an element as raw XML, without the element itself. */
export class RawContentFrame implements Frame {
  readonly #reading: Reading;
  readonly #raw: RawXmlWriter;
  readonly #take: (xml: string) => void;
  #open = 1;

  constructor(reading: Reading, take: (xml: string) => void) {
    this.#reading = reading;
    this.#raw = new RawXmlWriter(reading.context);
    this.#take = take;
  }

  start(_name: ExpandedName, attributes: Attributes): void {
    this.#raw.startElement(attributes);
    this.#open += 1;
    this.#reading.push(this);
  }

  text(value: string): void {
    this.#raw.text(value);
  }

  end(): void {
    this.#open -= 1;
    if (this.#open > 0) this.#raw.endElement();
    else this.#take(this.#raw.toString());
  }
}
