import type { JsonValue } from '../codec/codec.ts';
import { compileSimpleType } from '../codec/simple/compile-simple-type.ts';
import type { Contract } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { isId } from './id-reference.ts';
import { attachedContent } from './attached-content.ts';
import { edgeSamples } from './edge-samples.ts';
import { lexicalSamples } from './lexical-samples.ts';
import { createRandom } from './random.ts';
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
  if (compileSimpleType(sampler.contract, type).binary === 'swaRef')
    return { lexical: '', json: attachedContent(name) };
  const candidates = given === undefined ? valuesToTry(sampler, type, name) : [given].values();
  for (const lexical of candidates.take(mostTries)) {
    if (given === undefined && isDoubtful(lexical)) continue;
    const json = accepted(sampler.contract, type, lexical);
    if (json !== undefined) return { lexical, json };
  }
  return undefined;
}

function* valuesToTry(sampler: Sampler, type: QNameKey, name: string): Generator<string> {
  const { echo, owners } = sampler;
  if (echo && !isId(sampler.contract, type)) yield* echo.valuesFor(name, owners.at(-1) ?? '');
  yield* lexicalSamples(sampler, type, name);
}

/** @throws SampleError if no value can be made. */
export function simpleValue(sampler: Sampler, type: QNameKey, name: string, given?: string): JsonValue {
  const edge = given === undefined ? edgeValue(sampler, type) : undefined;
  if (edge !== undefined) return edge.json;
  // A default that breaks the facets of its own type is not worth keeping.
  const value = sampler.verified(type, name, given) ?? sampler.verified(type, name);
  if (value !== undefined) return value.json;
  throw new SampleError(
    `no example of "${name}" can be made: nothing tried fits the facets of its type ${type}`,
  );
}

const edgesOf = new WeakMap<Contract, Map<QNameKey, readonly VerifiedValue[]>>();

/** In mode `cover`, an edge of the type that no sample has shown yet. */
function edgeValue(sampler: Sampler, type: QNameKey): VerifiedValue | undefined {
  if (!sampler.coverage) return undefined;
  const edges = verifiedEdges(sampler, type);
  const chosen = sampler.coverage.next('value', type, edges.length + 1, edges.length);
  return edges[chosen];
}

function verifiedEdges(sampler: Sampler, type: QNameKey): readonly VerifiedValue[] {
  const { contract } = sampler;
  const known = edgesOf.get(contract) ?? new Map<QNameKey, readonly VerifiedValue[]>();
  edgesOf.set(contract, known);
  const edges =
    known.get(type) ??
    [...new Set(edgeSamples({ ...sampler, random: createRandom(1) }, type))].flatMap((lexical) => {
      const json = isDoubtful(lexical) ? undefined : accepted(contract, type, lexical);
      return json === undefined ? [] : [{ lexical, json }];
    });
  known.set(type, edges);
  return edges;
}

/** A URI of nothing but its scheme: XML Schema takes it, some validators do not. */
function isDoubtful(lexical: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/$/i.test(lexical);
}

/** The JSON value of a lexical form; QNames may stand in Clark notation, as the contract's enumerations have them. */
function accepted(contract: Contract, type: QNameKey, lexical: string): JsonValue | undefined {
  const codec = compileSimpleType(contract, type);
  const namespaces: string[] = [];
  const prefixed = lexical.replace(
    /\{([^{}]*)\}/g,
    (_, namespace: string) => `q${namespaces.push(namespace)}:`,
  );
  const json = codec.usesNamespaces
    ? codec.fromXml(prefixed, (prefix) => (prefix === '' ? '' : namespaces[Number(prefix.slice(1)) - 1]))
    : codec.fromXml(lexical, () => '');
  return typeof json === 'string' ? (JSON.parse(json) as JsonValue) : undefined;
}
