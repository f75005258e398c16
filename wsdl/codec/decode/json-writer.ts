/** Characters gathered before they are written. */
const RUN = 32 * 1024;

/** Writes JSON text progressively. Commas are its business, the balance of brackets is the caller's. */
export class JsonWriter {
  readonly #write: (json: Uint8Array) => void;
  readonly #run: number;
  #text = '';
  #comma = false;

  /** @param run characters after which to write; Infinity keeps all for `take`. */
  constructor(write: (json: Uint8Array) => void, run: number = RUN) {
    this.#write = write;
    this.#run = run;
  }

  open(bracket: '{' | '['): void {
    this.#text += this.#comma ? `,${bracket}` : bracket;
    this.#comma = false;
  }

  close(bracket: '}' | ']'): void {
    this.#text += bracket;
    this.#comma = true;
  }

  /** @param name quoted, with its colon: see `memberText`. */
  member(name: string): void {
    this.#text += this.#comma ? `,${name}` : name;
    this.#comma = false;
  }

  /** @param json the JSON text of a value. */
  value(json: string): void {
    this.#text += this.#comma ? `,${json}` : json;
    this.#comma = true;
    if (this.#text.length >= this.#run) this.flush();
  }

  flush(): void {
    if (this.#text === '') return;
    const json = Buffer.from(this.#text);
    this.#text = '';
    this.#write(json);
  }

  /** The text not yet written, which is forgotten. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#comma = false;
    return text;
  }
}

class DiscardingWriter extends JsonWriter {
  constructor() {
    super(() => undefined);
  }

  override open(): void {
    // Nobody reads it.
  }

  override close(): void {
    // Nobody reads it.
  }

  override member(): void {
    // Nobody reads it.
  }

  override value(): void {
    // Nobody reads it.
  }
}

/** For reading without an interest in the JSON. */
export const NO_JSON: JsonWriter = new DiscardingWriter();

/** A writer whose text is only to be taken. */
export function createJsonBuffer(): JsonWriter {
  return new JsonWriter(() => undefined, Infinity);
}

export function memberText(jsonName: string): string {
  return `${JSON.stringify(jsonName)}:`;
}
