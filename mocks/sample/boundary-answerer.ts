import { didYouMean, sampleVariants, type Operation, type SampleVariant } from '../../wsdl/index.ts';
import type { SoapCall } from '../call.ts';
import { encodeAnswer } from '../encode-answer.ts';
import type { Endpoint } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';
import type { LastAnswerer } from './answer-by-sample.ts';

export interface BoundaryOptions {
  /** Entries of the longest lists, where the contract sets no lower bound to them. Default 25. */
  readonly many?: number;
}

/** Header of a request that names the variant to be answered with, and of each answer that says which it is. */
export const VARIANT_HEADER = 'x-portico-variant';

const MANY = 25;
/** After so many the rest shows little that is new. */
const MOST_VARIANTS = 60;

/** Answers at the edges of what the contract allows. */
export interface BoundaryMode {
  readonly answerer: LastAnswerer;
  /** In the order in which calls of the operation get them. */
  readonly variantsOf: (endpoint: Endpoint, operation: Operation) => readonly SampleVariant[];
  /** Begins with the first variants again. */
  reset(): void;
}

/**
 * Each call of an operation gets the next variant of its output, in a circle: the least, the fullest, then lists of none, one, two and
 * many, each branch of a choice, each derived type, nil, and the edges of the facets. A request may name the variant it wants.
 */
export function createBoundaryMode(seed: number, { many = MANY }: BoundaryOptions = {}): BoundaryMode {
  const variants = new Map<Operation, readonly SampleVariant[]>();
  const calls = new Map<Operation, number>();
  const variantsOf: BoundaryMode['variantsOf'] = ({ contract }, operation) => {
    const { output } = operation;
    if (output === undefined) return [];
    const options = { seed, many, mostCovering: MOST_VARIANTS, random: 0 };
    const known = variants.get(operation) ?? [...sampleVariants(contract, output, options)];
    variants.set(operation, known);
    return known;
  };
  return {
    variantsOf,
    reset() {
      calls.clear();
    },
    answerer(call) {
      const { operation } = call;
      const known = variantsOf(call.endpoint, operation);
      const count = calls.get(operation) ?? 0;
      const wanted = named(call, known);
      if (wanted === undefined) calls.set(operation, count + 1);
      const variant = wanted ?? known[count % Math.max(1, known.length)];
      const answer = encodeAnswer(call, { output: variant?.value ?? null });
      return { answer, by: { kind: 'sample', ...(variant && { variant: variant.name }) } };
    },
  };
}

/** @throws Refusal for a variant that there is none of. */
function named({ headers, operation }: SoapCall, known: readonly SampleVariant[]): SampleVariant | undefined {
  const wanted = headers[VARIANT_HEADER];
  if (typeof wanted !== 'string') return undefined;
  const found = known.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = known.map(({ name }) => name);
  throw new Refusal(
    'Sender',
    `${operation.id} has no variant "${wanted}".${didYouMean(wanted, names)} It has ${names.join(', ')}`,
  );
}
