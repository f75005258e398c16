import { DecodeState } from './decode-state.ts';

/** Between messages; who needs more of them at the same time makes new ones. */
const idle: DecodeState[] = [];
const MOST_IDLE = 4;
/** Bytes of its buffer for JSON. */
const LARGEST_KEPT = 1024 * 1024;

/** A state without a message, with buffers of some earlier one if there is one. */
export function takeState(): DecodeState {
  const state = idle.pop() ?? new DecodeState();
  state.reset();
  return state;
}

/** The caller has done with it: its buffers are for other messages now. */
export function keepState(state: DecodeState): void {
  if (idle.length < MOST_IDLE && state.json.length <= LARGEST_KEPT) idle.push(state);
}
