import type { JsonValue } from '../codec/codec.ts';
import { compileSimpleType } from '../codec/simple/compile-simple-type.ts';
import type { Contract } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { lexicalSamples } from './lexical-samples.ts';
import { SampleError, type Sampler, type VerifiedValue } from './sampler.ts';

/** Candidates tried for one value. */
const mostTries = 500;

/** See `Sampler.verified`. */
export function verifiedValue(
  sampler: Sampler,
  type: QNameKey,
  name: string,
  given?: string,
): VerifiedValue | undefined {
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
  throw new SampleError(
    `no example of "${name}" can be made: nothing tried fits the facets of its type ${type}`,
  );
}

/** The JSON value of a lexical form; a QName may stand in Clark notation, as the contract's enumerations have it. */
function accepted(contract: Contract, type: QNameKey, lexical: string): JsonValue | undefined {
  const clark = /^\{(.*)\}([^{}]+)$/.exec(lexical);
  const codec = compileSimpleType(contract, type);
  const isName = clark !== null && codec.usesNamespaces;
  const json = codec.fromXml(isName ? `q:${clark[2]!}` : lexical, () => (isName ? clark[1]! : ''));
  return typeof json === 'string' ? (JSON.parse(json) as JsonValue) : undefined;
}
