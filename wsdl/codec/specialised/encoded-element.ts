import { SOAP12_ENCODING_NAMESPACE, SOAP_ENCODING_NAMESPACE } from '../../builtin-types.ts';
import { qnameKey, XSI_NAMESPACE } from '../../qname.ts';
import type { DecodeState } from './decode-state.ts';
import { arrayTagOf, matchArrayTag } from './array-tag.ts';
import { surprise } from './surprise.ts';
import { scanTag } from './tag-scan.ts';
import {
  closeValue,
  isDeclaration,
  isNil,
  isOfSoap,
  namespaceOf,
  openValue,
  readAttributes,
  readComplexElement,
  readMembers,
  readNil,
  readTextElement,
  resolveName,
  xsi,
  type ComplexContent,
  type TaggedElement,
} from './tagged-element.ts';

const CLOSE_BRACKET = 93;

/** Namespaces of types that an encoded message may name otherwise than its contract does. */
const RENAMED: ReadonlySet<string> = new Set([
  SOAP12_ENCODING_NAMESPACE,
  'http://www.w3.org/1999/XMLSchema',
  'http://www.w3.org/2000/10/XMLSchema',
]);

/** `tns:Item[3]`: one dimension, whatever size it claims. */
const ONE_DIMENSION = /^([^\s&[\]]+)\[\d*\]$/;

/**
 * As `readTagged`, by the rules of SOAP encoding (SOAP 1.1, 5): a type is named everywhere, and counts only where the contract
 * lets it choose. What refers to something, or may be referred to, is left to the general decoder.
 */
export function readEncoded(state: DecodeState, from: number, element: TaggedElement): number {
  const { scope } = state;
  const known = matchArrayTag(state, from, element.arrayTag);
  if (known >= 0) return readItems(state, known, element.content as ComplexContent);
  let p = scanTag(state, from);
  readAttributes(state);
  const { content } = element;
  if (content.kind === 'text') {
    if (content.isOpen) surprise(state, 0);
    xsi.type = undefined;
    p = readTextElement(state, p, element, content);
  } else if (content.otherItems !== undefined) {
    checkArrayAttributes(state, content.otherItems);
    const isNull = isNil(state, element);
    if (!isNull && !state.isEmpty && state.scope === scope) element.arrayTag = arrayTagOf(state, from, p);
    p = isNull ? readNil(state, p) : readItems(state, p, content);
  } else p = readComplexElement(state, p, element, actualType(state, element, content));
  state.scope = scope;
  return p;
}

function actualType(state: DecodeState, element: TaggedElement, declared: ComplexContent): ComplexContent {
  return xsi.type === undefined ? declared : (chosen(state, xsi.type, element.substitute) ?? declared);
}

/** Servers write the names of their own classes: only a type that may stand in place of the declared one is chosen. */
function chosen<Choice>(
  state: DecodeState,
  written: string,
  find: (key: string) => Choice | undefined,
): Choice | undefined {
  if (/[\s&]/.test(written)) surprise(state, 0);
  const { namespace, local } = resolveName(state, written);
  if (RENAMED.has(namespace)) surprise(state, 0);
  return find(qnameKey(namespace, local));
}

function readItems(state: DecodeState, from: number, array: ComplexContent): number {
  openValue(state, array, false);
  const p = readMembers(state, from, array);
  closeValue(state, CLOSE_BRACKET);
  return p;
}

/** The type that an array names for all its items must not choose theirs. */
function checkArrayAttributes(state: DecodeState, otherItems: ReadonlySet<string>): void {
  const { bytes, tag } = state;
  for (let i = 0; i < tag.count; i++) {
    if (isDeclaration(state, i)) continue;
    const namespace = namespaceOf(state, i);
    if (namespace === XSI_NAMESPACE || isOfSoap(state, namespace, i)) continue;
    if (namespace !== SOAP_ENCODING_NAMESPACE || tag.local(bytes, i) !== 'arrayType') surprise(state, 0);
    const [, itemType] = ONE_DIMENSION.exec(tag.value(bytes, i)) ?? surprise(state, 0);
    if (chosen(state, itemType!, (key) => otherItems.has(key) || undefined)) surprise(state, 0);
  }
}
