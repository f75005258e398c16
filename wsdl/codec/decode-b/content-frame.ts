import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { shownName } from '../../xml/xml-error.ts';
import { beginElement } from './begin-element.ts';
import type { ModelGroup, ModelNode } from './content-model.ts';
import { fail, refuseText, type Frame, type Reading } from './frame.ts';
import { ModelCursor } from './model-cursor.ts';
import { RawElementFrame } from './raw-frames.ts';

/** Element content: a cursor walks the content model and writes the JSON around the children. */
export class ContentFrame implements Frame {
  readonly #reading: Reading;
  readonly #cursor = new ModelCursor();
  readonly #finish: () => void;

  /** @param bare the type is unwrapped: see `ModelCursor.start`. */
  constructor(reading: Reading, model: ModelGroup, bare: boolean, finish: () => void) {
    this.#reading = reading;
    this.#finish = finish;
    this.#cursor.start(model, bare);
  }

  start(name: ExpandedName, attributes: Attributes): void {
    const { writer } = this.#reading;
    const leaf = this.#cursor.advance(name, writer);
    if (leaf === undefined) return this.#refuse(name);
    if (leaf.slot !== undefined) {
      beginElement(this.#reading, leaf.slot, attributes);
      return;
    }
    const frame = new RawElementFrame(this.#reading, attributes, (xml) => {
      writer.value(JSON.stringify(xml));
    });
    this.#reading.push(frame);
  }

  text(_value: string, blank: boolean): void {
    refuseText(this.#reading, blank);
  }

  end(): void {
    if (!this.#cursor.finish(this.#reading.writer)) {
      fail(this.#reading, 'missing-element', `${namesOf(this.#cursor.missing)} is missing at the end`);
    }
    this.#finish();
  }

  #refuse(name: ExpandedName): never {
    const { missing } = this.#cursor;
    if (missing !== undefined) {
      return fail(this.#reading, 'missing-element', `${namesOf(missing)} is missing before <${shownName(name.local)}>`);
    }
    const where = name.namespace === '' ? 'no namespace' : `namespace "${shownName(name.namespace)}"`;
    return fail(this.#reading, 'unexpected-element', `<${shownName(name.local)}> of ${where} may not stand here`);
  }
}

function namesOf(node: ModelNode | undefined): string {
  if (node === undefined) return 'an element';
  if (node.kind === 'leaf') return `<${node.local}>`;
  const first = node.first().slice(0, 5);
  return first.map((leaf) => `<${leaf.local}>`).join(' or ');
}
