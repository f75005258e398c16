import { shownName } from '../../xml/xml-error.ts';
import type { XmlContext } from '../../xml/xml-handler.ts';
import { DecodeError } from '../codec.ts';
import { childrenOf } from './body-tree.ts';
import type { EncodedElement } from './body-tree.ts';
import { idOf, isNil, referenceOf } from './encoding-attributes.ts';

const BLANK = /^[ \t\r\n]*$/;

/** Follows href and ref to the elements they mean (SOAP 1.1, 5.4.1; SOAP 1.2 Part 2, 3.1.5). */
export class References {
  readonly #place: XmlContext;
  readonly #elements = new Map<string, EncodedElement>();
  readonly #repeatedIds = new Set<string>();
  /** What is being decoded: to meet it again would never end. */
  readonly #open = new Set<EncodedElement>();

  /** @param place the element around those that are resolved. */
  constructor(body: readonly EncodedElement[], place: XmlContext) {
    this.#place = place;
    const waiting = [...body];
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      const id = idOf(element);
      if (id !== undefined && this.#elements.has(id)) this.#repeatedIds.add(id);
      if (id !== undefined) this.#elements.set(id, element);
      for (const child of childrenOf(element)) waiting.push(child);
    }
  }

  /** The element itself, or the one it refers to. @throws DecodeError where that is missing or around this one. */
  resolve(element: EncodedElement): EncodedElement {
    let target = element;
    for (let steps = 0; ; steps++) {
      const reference = referenceOf(target);
      if (!reference) break;
      this.#refuseOther(target, reference.written);
      if (steps > this.#elements.size) return this.#failCycle(element);
      target = this.#find(element, reference);
    }
    return this.#open.has(target) ? this.#failCycle(element) : target;
  }

  /** Until `leave`, a reference to the element is a cycle. */
  enter(element: EncodedElement): void {
    this.#open.add(element);
  }

  leave(element: EncodedElement): void {
    this.#open.delete(element);
  }

  #find(
    element: EncodedElement,
    { id, written }: { readonly id: string | undefined; readonly written: string },
  ): EncodedElement {
    if (id !== undefined && this.#repeatedIds.has(id))
      this.#fail(
        element,
        `refers to "${shownName(written)}", which several elements of the Body have as their id`,
      );
    const target = id === undefined ? undefined : this.#elements.get(id);
    if (target) return target;
    const why = id === undefined ? 'is not in the message' : 'no element of the Body has as its id';
    return this.#fail(element, `refers to "${shownName(written)}", which ${why}`);
  }

  /** A reference that is a value of its own too means two things: to take either would lose the other. */
  #refuseOther(element: EncodedElement, written: string): void {
    const other = isNil(element)
      ? 'is nil'
      : element.content.some((part) => typeof part !== 'string' || !BLANK.test(part))
        ? 'has content'
        : undefined;
    if (other !== undefined)
      this.#fail(element, `${other} and refers to "${shownName(written)}": it can be only one of the two`);
  }

  #failCycle(element: EncodedElement): never {
    const written = shownName(referenceOf(element)?.written ?? '');
    return this.#fail(
      element,
      `refers to "${written}", which contains this very element; JSON cannot express a cycle`,
    );
  }

  #fail({ name }: EncodedElement, message: string): never {
    throw new DecodeError('invalid-value', `${this.#place.path()}/${shownName(name.local)}`, message);
  }
}
