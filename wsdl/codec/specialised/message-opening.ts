import type { DecodeState } from './decode-state.ts';
import type { HeaderSkipper } from './skip-header.ts';
import { startsWith } from './starts-with.ts';
import { matchTag, type TagPattern } from './tag-pattern.ts';
import { skipSpace } from './tag-scan.ts';
import type { XmlBindings } from './xml-bindings.ts';

/**
 * How messages of one sender begin, but for the SOAP header: the bytes of the tags that declare namespaces, and what they
 * declare. A message that begins so needs no reading of its declarations.
 */
export interface MessageOpening {
  /** From the first byte to the end of the start tag of the Envelope. */
  readonly envelope: Uint8Array;
  /** `<soap:Header`. */
  readonly header: Uint8Array;
  /** The start tag of the Body. */
  readonly body: TagPattern;
  /** The start tag of the first element in the Body, if it declares namespaces. */
  readonly root: TagPattern;
  readonly skipper: HeaderSkipper;
  readonly bindings: XmlBindings;
}

/** Reads what stands before the content of the Body. @returns the position behind the start tag of the Body, or -1 if the message begins otherwise. Counts the elements. */
export function matchOpening(state: DecodeState, opening: MessageOpening): number {
  const { bytes } = state;
  const { envelope, header, body, root, skipper } = opening;
  if (!startsWith(bytes, 0, envelope)) return -1;
  let p = skipSpace(bytes, envelope.length);
  skipper.begin();
  if (startsWith(bytes, p, header) && isNameEnd(bytes[p + header.length]!))
    p = skipSpace(bytes, skipper.skip(state, p));
  p = matchTag(bytes, p, body);
  if (p < 0) return -1;
  state.elements += 2;
  state.bind(opening.bindings);
  return matchTag(bytes, skipSpace(bytes, p), root) < 0 ? -1 : p;
}

/** Whether a name in a tag ends at such a byte. */
export function isNameEnd(byte: number): boolean {
  return byte <= 32 || byte === 62 || byte === 47;
}
