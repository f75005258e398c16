import type { ElementParticle } from '../../contract.ts';
import type { TypeReader } from './type-reader.ts';

/** An element declaration as the decoder meets it: its name's key and, when first met, the reader of its type. */
export interface ElementSlot {
  /** Clark notation of the element's name. */
  readonly key: string;
  readonly particle: ElementParticle;
  readonly reader: TypeReader;
}
