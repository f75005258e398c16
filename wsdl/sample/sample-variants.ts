import type { JsonValue } from '../codec/codec.ts';
import type { Contract, ElementParticle, Message } from '../contract.ts';
import { Coverage } from './coverage.ts';
import { sampleElement, sampleMessage } from './sample-message.ts';
import type { SampleOptions } from './sampler.ts';

/** One sample of a row that shows together what a message can be. The same name, seed and contract give the same value. */
export interface SampleVariant {
  /** `minimal`, `full`, `cover-1`, `cover-2` ..., `random-1` ... */
  readonly name: string;
  readonly seed: number;
  readonly value: JsonValue;
}

export interface VariantOptions {
  /** Default 1. */
  readonly seed?: number;
  /** At most so many samples that each show what none before it has. Default 24. */
  readonly mostCovering?: number;
  /** Samples of mode `random`. Default 1. */
  readonly random?: number;
  /** See `SampleOptions.many`. */
  readonly many?: number;
}

/**
 * `minimal`, `full`, then `cover-N` until each branch, derived type, nil, count (none, one, many) and edge value of a simple type
 * has been seen once, not in every combination; then `random-N`. A Message is sampled with its headers; an element is the
 * detail of a fault.
 *
 * @throws SampleError where the contract asks for what no value can satisfy.
 */
export function* sampleVariants(
  contract: Contract,
  subject: Message | ElementParticle,
  { seed = 1, mostCovering = 24, random = 1, many }: VariantOptions = {},
): Generator<SampleVariant> {
  const common = { seed, ...(many !== undefined && { many }) };
  const sample = (options: SampleOptions): JsonValue =>
    'body' in subject
      ? sampleMessage(contract, subject, { ...common, ...options })
      : sampleElement(contract, subject, { ...common, ...options });
  const minimal = sample({ mode: 'minimal' });
  yield { name: 'minimal', seed, value: minimal };
  const full = sample({ mode: 'full' });
  if (isSame(full, minimal) && isEmpty(full)) return;
  yield { name: 'full', seed, value: full };
  yield* covering(sample, seed, mostCovering);
  for (let index = 1; index <= random; index++) {
    const value = sample({ mode: 'random', seed: seed + index });
    yield { name: `random-${index}`, seed: seed + index, value };
  }
}

/** Ends with the first sample that shows nothing new. */
function* covering(
  sample: (options: SampleOptions) => JsonValue,
  seed: number,
  most: number,
): Generator<SampleVariant> {
  const coverage = new Coverage();
  for (let index = 1; index <= most; index++) {
    const { found } = coverage;
    const value = sample({ mode: 'cover', coverage });
    if (coverage.found === found) return;
    yield { name: `cover-${index}`, seed, value };
  }
}

function isSame(one: JsonValue, other: JsonValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
