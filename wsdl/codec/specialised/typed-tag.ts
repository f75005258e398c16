import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';
import { startsWith } from './starts-with.ts';
import { endOfRun } from './tag-scan.ts';

const DOUBLE_QUOTE = 34;
const DECLARATION: Buffer = Buffer.from(' xmlns:');

/** Where the name of the type stands that the last tag named; its end is 0 if it named none. Reused for all tags. */
export const typeName: { start: number; end: number } = { start: 0, end: 0 };

/**
 * Reads what senders put first in a start tag, in the layout that they use: the name of the type and declarations that are
 * expected, which come into force. @returns the position behind them, or NOT_COPIED for what is not so.
 */
export function scanTyped(state: DecodeState, from: number): number {
  const { bytes, bindings } = state;
  const { typeAttribute } = bindings;
  let p = from;
  let seen = 0;
  let isRepeated = false;
  typeName.end = 0;
  for (;;) {
    if (typeAttribute !== undefined && startsWith(bytes, p, typeAttribute)) {
      if (typeName.end > 0) return NOT_COPIED;
      typeName.start = p + typeAttribute.length;
      p = typeName.end = endOfRun(bytes, typeName.start);
    } else if (startsWith(bytes, p, DECLARATION)) {
      const start = p;
      p = endOfRun(bytes, endOfRun(bytes, p) + 1);
      const bits = bindings.declarations.find(bytes, start, p + 1);
      // One tag must not declare a prefix twice; those of the bindings around it have no bit to tell that by.
      if (bits === undefined || (bits === 0 ? isRepeated : (seen & bits) !== 0)) return NOT_COPIED;
      isRepeated ||= bits === 0;
      seen |= bits;
    } else break;
    if (bytes[p] !== DOUBLE_QUOTE) return NOT_COPIED;
    p++;
  }
  state.scope |= seen;
  return p;
}
