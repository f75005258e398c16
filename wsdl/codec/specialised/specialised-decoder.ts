import { defaultLimits, type Limits } from '../../limits.ts';
import type { DecodeOptions, MessageDecoder } from '../codec.ts';
import { compilePlan, type CompiledPlan, type DecodePlan } from '../decode/message-plan.ts';
import type { DecodeState } from './decode-state.ts';
import { discoverOpening } from './discover-opening.ts';
import { GeneralReader } from './general-reader.ts';
import { generateDecoder, generateUnlessTooMuch, type GeneratedDecoder } from './generate-decoder.ts';
import { keepState, takeState } from './idle-states.ts';
import { isLegal } from './legal-bytes.ts';
import { matchOpening, type MessageOpening } from './message-opening.ts';
import { StreamDecoder, type StreamStart } from './stream-decoder.ts';
import { Surprise } from './surprise.ts';
import { MOST_ATTRIBUTES } from './tag-scan.ts';
import type { XmlBindings } from './xml-bindings.ts';

/** Ways to bind namespaces that one message is generated for; messages with others are left to the general decoder. */
const MOST_VARIANTS = 16;
/** Messages that did not fit and are looked at for what was not expected. */
const MOST_LESSONS = 32;

/** Bytes of JSON for which memory is shared with others. */
const MOST_POOLED = 16 * 1024;

/** No token is longer than what a stream decoder keeps. */
const LEAST_TEXT_BYTES = 1024 * 1024;

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

interface Variant {
  readonly opening: MessageOpening;
  readonly code: GeneratedDecoder;
}

/**
 * Decodes messages by code that is generated for the namespace bindings that their senders use. It only says what it is
 * certain of; all else is left to the general decoder.
 */
export class SpecialisedDecoder {
  readonly #plan: DecodePlan;
  readonly #compiled: CompiledPlan;
  readonly #general: GeneralReader;
  #variants: readonly Variant[] = [];
  readonly #generated = new Map<string, GeneratedDecoder>();
  #lessons = 0;

  constructor(plan: DecodePlan) {
    this.#plan = plan;
    this.#compiled = compilePlan(plan);
    this.#general = new GeneralReader(this.#compiled);
  }

  /** @returns the JSON of a message, or undefined for one that the general decoder must read. */
  decode(bytes: Uint8Array, options?: DecodeOptions): Uint8Array | undefined {
    const state = takeState();
    try {
      state.append(bytes);
      return this.decodeKept(state, options);
    } finally {
      keepState(state);
    }
  }

  /** The same of a message whose bytes `state` holds. */
  decodeKept(state: DecodeState, options: DecodeOptions = {}): Uint8Array | undefined {
    if (!canDecode(state.length, options)) return undefined;
    state.final = true;
    return this.#attempt(state, options.limits) ?? this.#learn(state, options.limits);
  }

  /**
   * A decoder for a long message whose beginning `state` holds; it keeps the state when it has ended.
   * @returns undefined for one that the general decoder must read.
   */
  createStream(
    state: DecodeState,
    write: (json: Uint8Array) => void,
    createGeneral: StreamStart['createGeneral'],
    options: DecodeOptions = {},
  ): MessageDecoder | undefined {
    const { limits = defaultLimits } = options;
    if (!canDecode(state.length, options) || limits.maxTextBytes < LEAST_TEXT_BYTES) return undefined;
    const known = this.#variants.find((variant) => beginStream(state, variant, this.#general, limits) >= 0);
    const variant = known ?? this.#discoverStream(state, limits);
    const stream = variant?.code.stream?.(state);
    if (variant === undefined || stream === undefined) return undefined;
    const { prelude } = variant.opening.skipper;
    const decoder = new StreamDecoder({ state, steps: stream, prelude, limits, createGeneral }, write);
    decoder.begin();
    return decoder;
  }

  #discoverStream(state: DecodeState, limits: Limits): Variant | undefined {
    if (this.#lessons >= MOST_LESSONS || mayBeFault(state)) return undefined;
    const variant = this.#discover(state, limits);
    if (variant === undefined || beginStream(state, variant, this.#general, limits) < 0) return undefined;
    this.#keep(variant);
    return variant;
  }

  #attempt(state: DecodeState, limits = defaultLimits): Uint8Array | undefined {
    for (const variant of this.#variants) {
      state.begin(this.#general, limits);
      const json = attempt(state, variant);
      if (json !== undefined) return json;
    }
    return undefined;
  }

  /** Generates code for the bindings of a message that did not fit, if there is room. */
  #learn(state: DecodeState, limits = defaultLimits): Uint8Array | undefined {
    if (this.#lessons >= MOST_LESSONS || mayBeFault(state)) return undefined;
    const variant = this.#discover(state, limits);
    if (variant === undefined) return undefined;
    state.begin(this.#general, limits);
    const json = attempt(state, variant);
    if (json !== undefined) this.#keep(variant);
    return json;
  }

  #discover(state: DecodeState, limits: Limits): Variant | undefined {
    state.begin(this.#general, limits);
    const opening = discoverOpening(state, this.#plan, this.#compiled);
    if (opening === undefined) return undefined;
    this.#lessons += 1;
    const code = this.#generate(opening.bindings);
    return code && { opening, code };
  }

  #keep(variant: Variant): void {
    this.#variants = [variant, ...this.#variants].slice(0, MOST_VARIANTS);
  }

  #generate(bindings: XmlBindings): GeneratedDecoder | undefined {
    const { key } = bindings;
    const known = this.#generated.get(key);
    if (known !== undefined || this.#generated.size >= MOST_VARIANTS) return known;
    const code = generateUnlessTooMuch(() => generateDecoder(this.#plan, bindings));
    if (code !== undefined) this.#generated.set(key, code);
    return code;
  }
}

const FAULT_WITHIN = 4096;

const FAULT = /Body[^<>]*>\s*<(?:[\w.-]+:)?Fault[\s>]/;

/** From faults there is nothing to learn. */
function mayBeFault({ bytes, length }: DecodeState): boolean {
  return FAULT.test(bytes.toString('latin1', 0, Math.min(length, FAULT_WITHIN)));
}

function canDecode(length: number, { limits = defaultLimits, charset = 'utf-8' }: DecodeOptions): boolean {
  return (
    /^utf-?8$/i.test(charset) &&
    length <= limits.maxBytes &&
    length <= limits.maxTextBytes &&
    limits.maxAttributes >= MOST_ATTRIBUTES
  );
}

/** Reads up to the start tag of the Body. @returns a negative number if the message begins otherwise. */
function beginStream(
  state: DecodeState,
  { opening }: Variant,
  general: GeneralReader,
  limits: Limits,
): number {
  try {
    state.begin(general, limits);
    const from = matchOpening(state, opening);
    state.commit(from);
    return from;
  } catch (error) {
    if (error instanceof Surprise) return -1;
    throw error;
  }
}

function attempt(state: DecodeState, { opening, code }: Variant): Uint8Array | undefined {
  try {
    const from = matchOpening(state, opening);
    if (from < 0) return undefined;
    const end = code.read(state, from);
    if (
      end !== state.length ||
      state.elements > mostElements(state.limits, code.encoded) ||
      !isLegal(state.bytes.subarray(0, state.length))
    )
      return undefined;
    return takeJson(state, opening.skipper.prelude);
  } catch (error) {
    if (error instanceof Surprise) return undefined;
    throw error;
  }
}

/** What a message of SOAP encoding leaves out counts too. */
function mostElements({ maxElements, maxEncodedElements }: Limits, encoded: boolean): number {
  return encoded ? Math.min(maxElements, maxEncodedElements) : maxElements;
}

/** Puts the headers first in the outermost object; where there is none, the general decoder knows what to do. */
function takeJson({ json, used }: DecodeState, prelude: string): Uint8Array | undefined {
  if (prelude === '') return copyOf(json, '', 0, used - 1);
  const [brace, next] = json;
  if (brace !== OPEN_BRACE) return undefined;
  return copyOf(json, `{"@header":{${prelude}}${next === CLOSE_BRACE ? '' : ','}`, 1, used - 1);
}

/** Short ones come from Node's pool, which costs a tenth of memory of their own; that of others can be given back. */
function copyOf(json: Buffer, head: string, from: number, end: number): Uint8Array {
  const length = Buffer.byteLength(head) + end - from;
  const copy = length > MOST_POOLED ? Buffer.allocUnsafeSlow(length) : Buffer.allocUnsafe(length);
  json.copy(copy, copy.write(head), from, end);
  return copy;
}
