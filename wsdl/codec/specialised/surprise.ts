import type { DecodeState } from './decode-state.ts';

/** Thrown where a message is not laid out as the specialised decoder expects; the general decoder then says what it means. */
export class Surprise extends Error {
  override readonly name = 'Surprise';
}

/** One instance for all: making a stack trace costs more than decoding a small message. */
const SURPRISE: Surprise = new Surprise('the message is not laid out as expected');

/** @param at the first byte that is not as expected; if it is near the end of the bytes, more of them may help. */
export function surprise(state: DecodeState, at: number): never {
  state.failedAt = at;
  throw SURPRISE;
}
