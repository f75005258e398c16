import type { DecodeState } from './decode-state.ts';
import { surprise } from './surprise.ts';
import { scanTag } from './tag-scan.ts';
import { declare, isDeclaration, isOfSoap, namespaceOf } from './tagged-element.ts';

/** The start tag of an rpc wrapper, from behind its name: its attributes do not matter. `<a/>` is left to the general decoder. */
export function readWrapperTag(state: DecodeState, from: number): number {
  const p = scanTag(state, from);
  for (let i = 0; i < state.tag.count; i++) {
    if (isDeclaration(state, i)) declare(state, i);
  }
  for (let i = 0; i < state.tag.count; i++) {
    // Such as encodingStyle (SOAP 1.1, 4.1.1).
    if (!isDeclaration(state, i) && !isOfSoap(state, namespaceOf(state, i), i)) surprise(state, 0);
  }
  return state.isEmpty ? surprise(state, 0) : p;
}
