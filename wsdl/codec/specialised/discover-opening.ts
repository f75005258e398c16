import { SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import { defaultLimits } from '../../limits.ts';
import { detectEncoding } from '../../xml/encoding.ts';
import type { NamespaceScope } from '../../xml/namespaces.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { Tokenizer } from '../../xml/tokenizer.ts';
import { XmlError } from '../../xml/xml-error.ts';
import type { CompiledPlan, DecodePlan } from '../decode/message-plan.ts';
import type { DecodeState } from './decode-state.ts';
import { headerBlocks } from './header-blocks.ts';
import { isNameEnd, type MessageOpening } from './message-opening.ts';
import { HeaderSkipper } from './skip-header.ts';
import { startsWith } from './starts-with.ts';
import { Surprise, surprise } from './surprise.ts';
import { patternOf } from './tag-pattern.ts';
import { scanTag, skipSpace } from './tag-scan.ts';
import { XmlBindings, type Binding } from './xml-bindings.ts';

const LESS = 60;
const SLASH = 47;

/** The payload is looked through so far for declarations that elements in it have. */
const LOOK_AHEAD = 64 * 1024;

const DECLARATION = /\sxmlns(?::([\w.-]+))?=(?:"([^"<&]*)"|'([^'<&]*)')/g;

/**
 * Reads how a message begins. The tokenizer says what its tags mean; declarations further inside are only expected, and
 * looked at again when a message is decoded.
 *
 * @returns undefined for what only the general decoder reads.
 */
export function discoverOpening(
  state: DecodeState,
  plan: DecodePlan,
  compiled: CompiledPlan,
): MessageOpening | undefined {
  try {
    return isUtf8(state) ? discover(state, plan, compiled) : undefined;
  } catch (error) {
    if (error instanceof Surprise || error instanceof XmlError) return undefined;
    throw error;
  }
}

function isUtf8({ bytes, length }: DecodeState): boolean {
  const label = detectEncoding(bytes.subarray(0, length), undefined, true)?.label;
  return label === 'utf-8' || label === 'utf8';
}

/** What the first element in the Body declares holds for the whole payload, unless there may be several. */
function hasRoot({ wrapper, shape }: DecodePlan['message']['body']): boolean {
  return wrapper !== undefined || shape === 'value';
}

function discover(state: DecodeState, plan: DecodePlan, compiled: CompiledPlan): MessageOpening {
  const { bytes } = state;
  const { message, soapVersion } = plan;
  const reader = new TagReader(state);
  const start = startsWith(bytes, 0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const envelopeAt = skipDeclaration(bytes, start);
  const envelopeEnd = reader.read(start, envelopeAt);
  const namespace = SOAP_ENVELOPE_NAMESPACE[soapVersion];
  reader.expect(namespace, 'Envelope');
  const bindings = new XmlBindings(flatten(reader.scope), []);
  const prefix = reader.prefix === '' ? '' : `${reader.prefix}:`;
  const header = Buffer.from(`<${prefix}Header`);
  const skipper = new HeaderSkipper(bindings, headerBlocks(plan, compiled, bindings));
  let p = skipSpace(bytes, envelopeEnd);
  if (startsWith(bytes, p, header) && isNameEnd(bytes[p + header.length]!))
    p = skipSpace(bytes, skipper.skip(state, p));
  const bodyEnd = reader.read(p, p);
  reader.expect(namespace, 'Body');
  const body = patternOf(state, p, bodyEnd);
  const rootAt = skipSpace(bytes, bodyEnd);
  const isRead = hasRoot(message.body) && bytes[rootAt + 1] !== SLASH;
  const rootEnd = isRead ? reader.read(rootAt, rootAt) : rootAt;
  return {
    envelope: Uint8Array.from(bytes.subarray(0, envelopeEnd)),
    header,
    body,
    root: isRead && reader.declares ? patternOf(state, rootAt, rootEnd) : [],
    skipper,
    bindings: expectedBindings(state, rootAt, rootEnd, reader.scope),
  };
}

const BYTE_ORDER_MARK: Buffer = Buffer.from([0xef, 0xbb, 0xbf]);
const DECLARATION_START: Buffer = Buffer.from('<?xml');

function skipDeclaration(bytes: Buffer, start: number): number {
  if (!startsWith(bytes, start, DECLARATION_START)) return skipSpace(bytes, start);
  return skipSpace(bytes, bytes.indexOf('?>', start) + 2);
}

/** Has tags, and what stands before them, read by the tokenizer. */
class TagReader {
  scope!: NamespaceScope;
  prefix = '';
  /** Whether the last tag declares namespaces. */
  declares = false;
  readonly #state: DecodeState;
  readonly #tokenizer: Tokenizer;
  #name: ExpandedName | undefined;
  #count = 0;

  constructor(state: DecodeState) {
    this.#state = state;
    this.#tokenizer = new Tokenizer(
      {
        startElement: (name) => {
          this.#name = name;
          this.#count += 1;
          const { scope, outerScope, writtenName } = this.#tokenizer;
          this.scope = scope;
          this.declares = scope !== outerScope;
          this.prefix = writtenName.slice(0, Math.max(0, writtenName.indexOf(':')));
        },
        text: () => undefined,
        endElement: () => undefined,
      },
      { limits: defaultLimits },
    );
  }

  /** Reads on from `from` to the end of the tag at `tagAt`. @returns that end. */
  read(from: number, tagAt: number): number {
    const { bytes } = this.#state;
    if (bytes[tagAt] !== LESS) surprise(this.#state, tagAt);
    let nameEnd = tagAt + 1;
    while (!isNameEnd(bytes[nameEnd]!)) nameEnd++;
    const end = scanTag(this.#state, nameEnd);
    const before = this.#count;
    this.#tokenizer.write(bytes.subarray(from, end));
    return this.#count === before + 1 ? end : surprise(this.#state, tagAt);
  }

  expect(namespace: string, local: string): void {
    if (this.#name?.namespace !== namespace || this.#name.local !== local || this.#state.isEmpty)
      surprise(this.#state, 0);
  }
}

/** The bindings in force, the innermost of each prefix. */
function flatten(scope: NamespaceScope): Binding[] {
  const bindings = new Map<string, string>();
  for (let s: NamespaceScope | undefined = scope; s !== undefined; s = s.parent) {
    for (const [index, prefix] of s.prefixes.entries()) {
      if (!bindings.has(prefix)) bindings.set(prefix, s.uris[index]!);
    }
  }
  return [...bindings];
}

function expectedBindings(
  state: DecodeState,
  rootAt: number,
  rootEnd: number,
  scope: NamespaceScope,
): XmlBindings {
  const text = state.bytes.toString('utf8', rootAt, Math.min(state.length, rootAt + LOOK_AHEAD));
  const inside = state.bytes.toString('utf8', rootEnd, Math.min(state.length, rootEnd + LOOK_AHEAD));
  const inner = [...inside.matchAll(DECLARATION)].map(([, prefix = '', double, single]): Binding => [
    prefix,
    double ?? single ?? '',
  ]);
  return new XmlBindings(usedFirst(flatten(scope), text), inner);
}

/** Where a namespace has several prefixes, elements are expected under one that they have. */
function usedFirst(bindings: readonly Binding[], text: string): Binding[] {
  const isUsed = ([prefix]: Binding): boolean =>
    prefix === '' ? /<[^\s:<>/]+[\s/>]/.test(text) : text.includes(`<${prefix}:`);
  return [...bindings.filter(isUsed), ...bindings.filter((binding) => !isUsed(binding))];
}
