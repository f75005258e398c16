import type { JsonValue } from '../codec/codec.ts';
import { compileSimpleType } from '../codec/simple/compile-simple-type.ts';
import type { Contract } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { lexicalSamples } from './lexical-samples.ts';
import { SampleError, type Sampler, type VerifiedValue } from './sampler.ts';

/** Candidates tried for one value. */
const mostTries = 500;

/** See `Sampler.verified`. */
export function verifiedValue(sampler: Sampler, type: QNameKey, name: string, given?: string): VerifiedValue | undefined {
  const candidates = given === undefined ? lexicalSamples(sampler, type, name) : [given].values();
  for (const lexical of candidates.take(mostTries)) {
    const json = accepted(sampler.contract, type, lexical);
    if (json !== undefined) return { lexical, json };
  }
  return undefined;
}

/** @throws SampleError if no value can be made. */
export function simpleValue(sampler: Sampler, type: QNameKey, name: string, given?: string): JsonValue {
  const value = sampler.verified(type, name, given);
  if (value !== undefined) return value.json;
  throw new SampleError(`no example of "${name}" can be made: nothing tried fits the facets of its type ${type}`);
}
