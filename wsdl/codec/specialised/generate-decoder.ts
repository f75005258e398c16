import type { DecodePlan } from '../decode/message-plan.ts';
import { TooMuchSource } from './decoder-source.ts';
import type { DecodeState } from './decode-state.ts';
import { generateMessage } from './generate-message.ts';
import { generateStream } from './generate-stream.ts';
import { generateUnit } from './generate-unit.ts';
import { GeneratedTypes } from './generated-types.ts';
import type { ReadContent } from './tagged-element.ts';
import type { XmlBindings } from './xml-bindings.ts';

/** Both read from behind the start tag of the Body. */
export interface GeneratedDecoder {
  readonly encoded: boolean;
  /** Reads all at once. @returns the position behind the Envelope. */
  readonly read: ReadContent;
  /** Reads piece by piece; undefined for messages without a long array. */
  readonly stream: ((state: DecodeState) => Iterator<number, void>) | undefined;
}

/** Generates the decoder of one message for certain namespace bindings. @throws TooMuchSource */
export function generateDecoder(plan: DecodePlan, bindings: XmlBindings): GeneratedDecoder {
  const encoded = plan.message.body.use === 'encoded';
  return generateUnit(GeneratedTypes.of(plan.contract, bindings, encoded), (generation) => {
    const read = generateMessage(generation, plan);
    return `{ encoded: ${encoded}, read: ${read}, stream: ${generateStream(generation, plan) ?? 'undefined'} }`;
  }) as GeneratedDecoder;
}

/** @returns undefined for what is better left to the general decoder. */
export function generateUnlessTooMuch<Generated>(generate: () => Generated): Generated | undefined {
  try {
    return generate();
  } catch (error) {
    if (error instanceof TooMuchSource) return undefined;
    throw error;
  }
}
