import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';

/** Reads one element with all that is in it; it was begun with that element's start and is done at depth 0. */
export interface ElementReader {
  /** Elements open, the one begun with included. */
  readonly depth: number;
  startElement(name: ExpandedName, attributes: Attributes): void;
  text(value: string, blank: boolean): void;
  endElement(): void;
}

/** Passes over an element. */
export class SkippingReader implements ElementReader {
  depth = 0;

  begin(): void {
    this.depth = 1;
  }

  startElement(): void {
    this.depth += 1;
  }

  text(): void {
    // What is in a skipped element does not matter.
  }

  endElement(): void {
    this.depth -= 1;
  }
}
