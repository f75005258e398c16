import type { Contract, ElementParticle } from '../contract.ts';
import type { JsonValue } from '../codec/codec.ts';
import type { QNameKey } from '../qname.ts';
import type { Coverage } from './coverage.ts';
import type { Stage } from './believable/stage.ts';
import type { Echo } from './echo.ts';
import type { Termination } from './termination.ts';

export interface SampleOptions {
  /** The same seed and contract give the same value on any machine. Default 1. */
  readonly seed?: number;
  /**
   * `minimal`: only what is required. `full` (default): every optional member, arrays of two, until the value is about
   * 100 KB. `random`: some of them, and derived types. `cover`: what `coverage` has not seen yet.
   */
  readonly mode?: SampleMode;
  /** For mode `cover`: what the samples before this one have shown already; it is brought up to date. */
  readonly coverage?: Coverage;
  /**
   * The request that this is the answer to: members of the same name, or of the same name with that of the element around
   * them (`accountId`, and `id` in `Account`), take its values where their facets allow it.
   */
  readonly echo?: JsonValue;
  /** How many entries a list has in mode `full`, where the contract leaves it open. Default: two. */
  readonly lists?: { readonly from: number; readonly to: number };
  /** In mode `cover`: lists of two and of so many entries are shown as well. Default: of one, none and three. */
  readonly many?: number;
  /** Nested objects after which only required members follow. Default 12. */
  readonly maxDepth?: number;
}

export type SampleMode = 'minimal' | 'full' | 'random' | 'cover';

/** One run of sampling: what does not change on the way down, and what is counted over the whole value. */
export interface Sampler extends Stage {
  readonly contract: Contract;
  readonly mode: SampleMode;
  readonly maxDepth: number;
  /** Present in mode `cover`, and only then. */
  readonly coverage: Coverage | undefined;
  /** How the message is written: some types say more in one than in the other. */
  readonly use: 'literal' | 'encoded';
  readonly termination: Termination;
  readonly lists: { readonly from: number; readonly to: number };
  readonly many: number | undefined;
  readonly echo: Echo | undefined;
  /** Local names of the elements around the value, outermost first. */
  readonly owners: string[];
  /** Of the element or attribute whose value is made. */
  documentation: string;
  /** xs:ID values handed out so far: unique within a message, and what xs:IDREF may name. */
  ids: number;
  /** Elements made so far. */
  elements: number;
  /** Global elements being written as raw XML for a wildcard. */
  readonly inRawXml: Set<ElementParticle>;
  /**
   * The first believable value of a simple type that its own facets accept, as the codec reads it; `given` is a fixed or
   * default value to be used instead. Undefined if none was found.
   */
  readonly verified: (type: QNameKey, name: string, given?: string) => VerifiedValue | undefined;
  /** Value of any type, for an element or attribute of the given local name. */
  readonly typed: (type: QNameKey, name: string, place: Place, given?: string) => JsonValue;
}

export interface VerifiedValue {
  readonly lexical: string;
  readonly json: JsonValue;
}

/** Where in the value the sampler stands. */
export interface Place {
  readonly depth: number;
  /** Complex types around this place, outermost first. */
  readonly open: readonly QNameKey[];
  readonly wallet: Wallet;
}

/** Elements that may still be written here. What a member does not spend goes back to the members after it. */
export interface Wallet {
  left: number;
}

/** A contract may require more than any memory holds: forty types, each with two of the next. */
const mostElements = 100_000;

/** Counts `count` more elements. @throws SampleError where the contract requires too many. */
export function countElements(sampler: Sampler, count: number): void {
  sampler.elements += count;
  if (sampler.elements > mostElements)
    throw new SampleError(`no example can be made: the contract requires more than ${mostElements} elements`);
}

/** Only required members, and of several ways the shortest: from here on the value must come to its end. */
export function isFinishing(sampler: Sampler, place: Place): boolean {
  return sampler.mode === 'minimal' || place.depth >= sampler.maxDepth || isStarving(sampler, place);
}

function isStarving({ coverage }: Sampler, { wallet }: Place): boolean {
  if (wallet.left >= 1) return false;
  if (coverage) coverage.starved++;
  return true;
}

/** The contract asks for something of which no example can be made, e.g. an abstract type without derived types. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
}
