import { XSI_NAMESPACE, qnameKey, type QName } from '../../qname.ts';
import type { CompiledAttribute } from '../decode/contract-types.ts';
import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';
import { expanded, putJson, readText } from './read-text.ts';
import { startsWith } from './starts-with.ts';
import { surprise } from './surprise.ts';
import { scanTag, skipSpace } from './tag-scan.ts';
import { scanTyped, typeName } from './typed-tag.ts';
import type { ArrayTag } from './array-tag.ts';
import { jsonOfText, type TextRule } from './text-rule.ts';

/** Reads what stands between two tags, from the position given to that of the `</`, and writes it as JSON. */
export type ReadContent = (state: DecodeState, from: number) => number;

/** A complex type, as far as a start tag with attributes needs it. */
export interface ComplexContent {
  readonly kind: 'complex';
  readonly typeKey: string;
  /** JSON text of `@type` where the type stands in place of another. */
  readonly typeName: string;
  readonly isAbstract: boolean;
  /** The JSON is the array of the only element. */
  readonly isUnwrapped: boolean;
  readonly attributes: ReadonlyMap<string, CompiledAttribute>;
  readonly required: number;
  /** Of an array of SOAP encoding: types that its items may have in place of the one that the contract gives them. */
  readonly otherItems: ReadonlySet<string> | undefined;
  /** JSON text of the members where there is no content; undefined if that is not valid. */
  readonly emptyMembers: string | undefined;
  /** Both generated when first called: types may be recursive. */
  members: ReadContent;
  /** Reads a start tag from behind its name and returns the position behind it, or NOT_COPIED: see `generateAttributes`. */
  attributesInPlace: ReadContent;
}

/** Anything that only the general decoder reads has no TaggedElement. */
export interface TaggedElement {
  /** Of an array of SOAP encoding: how its start tag was last, from behind its name. */
  arrayTag?: ArrayTag | undefined;
  readonly nillable: boolean;
  readonly content: TextContent | ComplexContent;
  /** Types that xsi:type may name instead, by key. */
  readonly substitute: (key: string) => ComplexContent | undefined;
}

export interface TextContent {
  readonly kind: 'text';
  readonly typeKey: string;
  /** xsi:type decides what the text means. */
  readonly isOpen: boolean;
  readonly rule: TextRule;
}

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;

const XMLNS: Buffer = Buffer.from('xmlns');

/** What the attributes of a tag say beside the values of declared ones. Reused for all tags. */
export const xsi: { nil: string | undefined; type: string | undefined; others: number } = {
  nil: undefined,
  type: undefined,
  others: 0,
};

/**
 * The value of an element whose start tag is more than its name. `from` is the position behind the name.
 * @returns the position of its end tag, or behind it if `state.isEmpty`.
 */
export function readTagged(state: DecodeState, from: number, element: TaggedElement): number {
  const { scope, used } = state;
  let p = readTyped(state, from, element);
  if (p < 0) {
    state.scope = scope;
    state.used = used;
    p = scanTag(state, from);
    readAttributes(state);
    const { content } = element;
    if (content.kind === 'text') p = readTextElement(state, p, element, content);
    else p = readComplexElement(state, p, element, chosenType(state, element, content));
  }
  state.scope = scope;
  return p;
}

/**
 * An object whose start tag names its type first, or declares what is expected, and then has nothing but attributes that its
 * type declares. @returns NOT_COPIED if that is not so.
 */
function readTyped(state: DecodeState, from: number, { content, substitute }: TaggedElement): number {
  if (content.kind === 'text') return NOT_COPIED;
  const attributes = scanTyped(state, from);
  if (attributes < 0 || attributes === from) return NOT_COPIED;
  const key =
    typeName.end === 0
      ? content.typeKey
      : state.bindings.typeKey(state.bytes, typeName.start, typeName.end, state.scope);
  const type = key === undefined || key === content.typeKey ? content : substitute(key);
  if (key === undefined || type === undefined || type.isAbstract || type.isUnwrapped) return NOT_COPIED;
  openValue(state, type, type !== content);
  const members = type.attributesInPlace(state, attributes);
  if (members < 0) return NOT_COPIED;
  const p = type.members(state, members);
  closeValue(state, CLOSE_BRACE);
  return p;
}

/** Namespace declarations first: they hold for the names of the tag itself. */
export function readAttributes(state: DecodeState): void {
  const { bytes, tag } = state;
  xsi.nil = undefined;
  xsi.type = undefined;
  xsi.others = 0;
  for (let i = 0; i < tag.count; i++) if (isDeclaration(state, i)) declare(state, i);
  for (let i = 0; i < tag.count; i++) {
    if (isDeclaration(state, i)) continue;
    const namespace = namespaceOf(state, i);
    if (namespace !== XSI_NAMESPACE) xsi.others += isOfSoap(state, namespace, i) ? 0 : 1;
    else readXsi(state, tag.local(bytes, i), i);
  }
}

function readXsi(state: DecodeState, local: string, index: number): void {
  const value = state.tag.value(state.bytes, index);
  // A value that is passed over must be well-formed all the same.
  if (value.includes('&')) surprise(state, 0);
  if (local === 'nil') xsi.nil = value;
  else if (local === 'type') xsi.type = value;
  else if (local !== 'schemaLocation' && local !== 'noNamespaceSchemaLocation') surprise(state, 0);
}

export function isDeclaration({ bytes, tag }: DecodeState, index: number): boolean {
  const start = tag.nameStarts[index]!;
  const end = tag.colons[index]! < 0 ? tag.nameEnds[index]! : tag.colons[index]!;
  return end - start === XMLNS.length && startsWith(bytes, start, XMLNS);
}

/** Takes a namespace declaration of the payload into `scope`, if it is one of those expected. */
export function declare(state: DecodeState, index: number): void {
  const { bytes, tag } = state;
  const uri = tag.value(bytes, index);
  const prefix = tag.colons[index]! < 0 ? '' : tag.local(bytes, index);
  const bits = uri.includes('&') ? undefined : state.bindings.declare(prefix, uri);
  if (bits === undefined) surprise(state, 0);
  state.scope |= bits;
}

export function namespaceOf(state: DecodeState, index: number): string {
  const prefix = state.tag.prefix(state.bytes, index);
  if (prefix === '') return '';
  return state.resolvePrefix(prefix) ?? surprise(state, 0);
}

/** SOAP's own attributes may stand on any element (SOAP 1.1, 4.1.1 and 4.2). */
export function isOfSoap(state: DecodeState, namespace: string, index: number): boolean {
  if (namespace !== state.general.envelopeNamespace) return false;
  expanded(state, state.tag.value(state.bytes, index), 0);
  return true;
}

function chosenType(state: DecodeState, element: TaggedElement, declared: ComplexContent): ComplexContent {
  if (xsi.type === undefined) return declared;
  const key = typeKey(state, xsi.type);
  return key === declared.typeKey ? declared : (element.substitute(key) ?? surprise(state, 0));
}

function typeKey(state: DecodeState, written: string): string {
  const bytes = Buffer.from(written);
  return state.bindings.typeKey(bytes, 0, bytes.length, state.scope) ?? surprise(state, 0);
}

export function resolveName(state: DecodeState, written: string): QName {
  const colon = written.indexOf(':');
  const namespace = state.resolvePrefix(written.slice(0, Math.max(0, colon))) ?? surprise(state, 0);
  return { namespace, local: written.slice(colon + 1) };
}

/** Whether xsi:type names the declared type, or is not there. */
function isOfType(state: DecodeState, key: string): boolean {
  return xsi.type === undefined || typeKey(state, xsi.type) === key;
}

export function readTextElement(
  state: DecodeState,
  from: number,
  element: TaggedElement,
  content: TextContent,
): number {
  if (xsi.others > 0 || !isOfType(state, content.typeKey)) surprise(state, 0);
  if (isNil(state, element)) return readNil(state, from);
  if (!state.isEmpty) return readText(state, from, content.rule);
  putJson(state, jsonOfText(content.rule, '', state.resolvePrefix) ?? surprise(state, 0));
  return from;
}

export function isNil(state: DecodeState, { nillable }: TaggedElement): boolean {
  if (xsi.nil === undefined || xsi.nil === 'false' || xsi.nil === '0') return false;
  if (!nillable || (xsi.nil !== 'true' && xsi.nil !== '1')) surprise(state, 0);
  return true;
}

export function readNil(state: DecodeState, from: number): number {
  putJson(state, 'null');
  return state.isEmpty ? from : skipSpace(state.bytes, from);
}

export function readComplexElement(
  state: DecodeState,
  from: number,
  element: TaggedElement,
  type: ComplexContent,
): number {
  const isSubstitute = type !== element.content;
  if (type.isAbstract || (isSubstitute && type.isUnwrapped)) surprise(state, 0);
  if (isNil(state, element)) {
    if (isSubstitute || xsi.others > 0 || type.required > 0) surprise(state, 0);
    return readNil(state, from);
  }
  openValue(state, type, isSubstitute);
  putAttributes(state, type);
  const p = readMembers(state, from, type);
  closeValue(state, type.isUnwrapped ? CLOSE_BRACKET : CLOSE_BRACE);
  return p;
}

export function openValue(state: DecodeState, type: ComplexContent, isSubstitute: boolean): void {
  state.ensure(1);
  state.json[state.used++] = type.isUnwrapped ? OPEN_BRACKET : OPEN_BRACE;
  if (isSubstitute) putJson(state, type.typeName);
}

/**
 * The start tag of an element around a long array, from behind its name; opens its JSON. One that is nil, empty or of
 * another type than declared is left to the general decoder.
 */
export function openStreamed(state: DecodeState, from: number, { content }: TaggedElement): number {
  const p = scanTag(state, from);
  readAttributes(state);
  const isPlain = xsi.nil === undefined && !state.isEmpty && isOfType(state, content.typeKey);
  if (content.kind === 'text' || content.isAbstract || !isPlain) surprise(state, 0);
  openValue(state, content, false);
  putAttributes(state, content);
  return p;
}

export function readMembers(
  state: DecodeState,
  from: number,
  { emptyMembers, members }: ComplexContent,
): number {
  if (!state.isEmpty) return members(state, from);
  if (emptyMembers === undefined) surprise(state, 0);
  if (emptyMembers !== '') putJson(state, emptyMembers);
  return from;
}

/** In the order in which they stand. */
function putAttributes(state: DecodeState, { attributes, required }: ComplexContent): void {
  const { bytes, tag } = state;
  let missing = required;
  for (let i = 0; i < tag.count; i++) {
    if (isDeclaration(state, i)) continue;
    const namespace = namespaceOf(state, i);
    if (namespace === XSI_NAMESPACE || isOfSoap(state, namespace, i)) continue;
    const attribute = attributes.get(qnameKey(namespace, tag.local(bytes, i))) ?? surprise(state, 0);
    putAttribute(state, attribute, expanded(state, tag.value(bytes, i), 0));
    if (attribute.use.required) missing -= 1;
  }
  if (missing > 0) surprise(state, 0);
}

function putAttribute(state: DecodeState, { use, codec, member }: CompiledAttribute, value: string): void {
  const json = codec.fromXml(value, state.resolvePrefix);
  if (typeof json !== 'string') surprise(state, 0);
  if (use.fixed !== undefined && codec.canonical(value) !== codec.canonical(use.fixed)) surprise(state, 0);
  putJson(state, member + json);
}

/** Puts a bracket in the place of the comma behind the last value, if there is one, and a comma behind it. */
export function closeValue(state: DecodeState, bracket: number): void {
  const { json } = state;
  let q = state.used;
  if (json[q - 1] === COMMA) q -= 1;
  json[q] = bracket;
  json[q + 1] = COMMA;
  state.used = q + 2;
}
