import type { JsonValue } from '../codec.ts';
import type { FaultCollector } from './fault-collector.ts';

/**
 * Writes a value to the output, from position `at` on. For a type: attributes, `>` and content, so that an element is
 * `<name`, this, `</name>`. `depth` counts from 1; `faults` are given if the encoder tracks, and only then `pointer` means
 * something; what a tracking encoder writes is thrown away.
 *
 * @returns the position after it.
 */
export type TypeEncoder = (
  value: JsonValue,
  depth: number,
  pointer: string,
  faults: FaultCollector | undefined,
  at: number,
) => number;
