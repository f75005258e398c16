import type { WireFault } from './wire-fault.ts';

/** How an answer goes out: later, and with what is to go wrong on the wire. */
export interface Delivery {
  readonly delayMilliseconds?: number;
  readonly wire?: WireFault;
}
