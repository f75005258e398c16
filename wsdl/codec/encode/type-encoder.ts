import type { JsonValue } from '../codec.ts';
import type { FaultCollector } from './fault-collector.ts';

/**
 * Encodes a value. For a type: attributes, `>` and content, so that an element is `<name`, this, `</name>`.
 * `depth` counts from 1; `faults` are given if the encoder tracks, and only then `pointer` means something.
 */
export type TypeEncoder = (
  value: JsonValue,
  depth: number,
  pointer: string,
  faults: FaultCollector | undefined,
) => string;
