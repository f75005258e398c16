import { isAscii } from 'node:buffer';
import { typeOf } from '../../builtin-types.ts';
import type { ElementParticle } from '../../contract.ts';
import { XSI_NAMESPACE, type QName, type QNameKey } from '../../qname.ts';
import { isOpenSimpleType } from '../../open-simple-type.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { matchLiteral } from './byte-literal.ts';
import { FAIL, SKIP_SPACE, type FunctionSource } from './decoder-source.ts';
import { isRepeating, tagName, type GeneratedType, type Generation } from './generation.ts';
import type { TaggedElement } from './tagged-element.ts';
import type { TextRule } from './text-rule.ts';

/** Expression: whether a start tag of that name is at `p`; sets `c` to the byte behind the name. */
export function openTest(generation: Generation, name: QName): string {
  const written = tagName(generation, name);
  if (written === undefined) return 'false';
  const bit = generation.bindings.bitOf(generation.bindings.prefixOf(name.namespace)!);
  const inScope = bit === 0 ? '' : `(s.scope & ${bit}) !== 0 && `;
  const end = `p + ${Buffer.byteLength(written) + 1}`;
  return `(${inScope}${matchLiteral(`<${written}`, 'p')} && ((c = b[${end}]) === 62 || c < 33 || c === 47))`;
}

/**
 * Reads an element as often as it occurs, as a member of an object.
 *
 * @param isMember false where the JSON is the array of this element and nothing else.
 */
export function generateElement(
  generation: Generation,
  into: FunctionSource,
  element: ElementParticle,
  isMember: boolean,
): void {
  if (isRepeating(element.max)) return generateArray(generation, into, element, isMember);
  into.line(SKIP_SPACE);
  into.line(`if (${tagTest(generation, element)}) {`);
  into.put(`${JSON.stringify(element.jsonName)}:`);
  generateValue(generation, into, element);
  into.line(element.min > 0 ? `} else ${FAIL};` : '}');
}

function generateArray(
  generation: Generation,
  into: FunctionSource,
  element: ElementParticle,
  isMember: boolean,
): void {
  const count = into.decoder.name('n');
  const member = JSON.stringify(element.jsonName);
  const limit = element.max === 'unbounded' ? '' : `${count} < ${element.max}`;
  into.line(`let ${count} = 0; for (; ${limit}; ${count}++) { ${SKIP_SPACE}`);
  into.line(`if (!${tagTest(generation, element)}) break;`);
  if (isMember) {
    into.line(`if (${count} === 0) {`);
    into.put(`${member}:[`);
    into.line('}');
  }
  generateValue(generation, into, element);
  into.line('}');
  if (isMember) {
    into.line(`if (${count} > 0) close(s, 93); else {`);
    if (element.always === true) into.put(`${member}:[],`);
    into.line('}');
  }
  if (element.min > 0) into.line(`if (${count} < ${element.min}) ${FAIL};`);
}

function tagTest(generation: Generation, { name }: ElementParticle): string {
  return openTest(generation, name);
}

/** The value of the element whose tag was found at `p`; `c` is the byte behind its name. */
export function generateValue(generation: Generation, into: FunctionSource, element: ElementParticle): void {
  const written = tagName(generation, element.name);
  if (written === undefined) return into.line(`${FAIL};`);
  if (isGeneral(generation, element)) {
    if (generation.encoded) return into.line(`${FAIL};`);
    const slot = into.decoder.constant(generation.types.slot(element));
    return into.line(`p = general(s, p, ${slot});`);
  }
  generateFromTag(generation, into, element, `p + ${Buffer.byteLength(written) + 1}`);
  into.line(`if (s.isEmpty) s.isEmpty = false; else { ${SKIP_SPACE}`);
  into.take(`</${written}>`);
  into.line('}');
}

/** The value of an element from behind its name, at `at`, to its end tag, if it has one; `c` is the byte there. */
export function generateFromTag(
  generation: Generation,
  into: FunctionSource,
  element: ElementParticle,
  at: string,
): void {
  const typed = typeAttribute(generation, element);
  into.line('n++;');
  if (typed === undefined) into.line(`r = c === 62 ? ${at} + 1 : 0;`);
  else
    into.line(
      `r = c === 62 ? ${at} + 1 : ${matchLiteral(typed, at)} ? ${at} + ${Buffer.byteLength(typed)} : 0;`,
    );
  into.line('if (r > 0) { p = r;');
  generatePlain(generation, into, element);
  into.line('} else {');
  generateTagged(generation, into, element, at);
  into.line('}');
}

/** How a start tag ends that names its type, as each does in SOAP encoding. */
function typeAttribute(
  { contract, bindings, encoded }: Generation,
  element: ElementParticle,
): string | undefined {
  const type = typeOf(contract, element.type);
  const xsi = bindings.prefixOf(XSI_NAMESPACE);
  if (!encoded || xsi === undefined || xsi === '' || bindings.bitOf(xsi) !== 0 || isOpenSimpleType(type))
    return undefined;
  const { qname: name } = type;
  const prefix = name && bindings.prefixOf(name.namespace);
  if (name === undefined || prefix === undefined || bindings.bitOf(prefix) !== 0) return undefined;
  return ` ${xsi}:type="${prefix === '' ? '' : `${prefix}:`}${name.local}">`;
}

/** The value of an element with attributes, or without content; `at` is the position behind its name. */
function generateTagged(
  generation: Generation,
  into: FunctionSource,
  element: ElementParticle,
  at: string,
): void {
  const tagged = taggedElement(generation, element);
  if (tagged === undefined) return into.line(`${FAIL};`);
  const read = `p = tagged(s, ${at}, ${into.decoder.constant(tagged)});`;
  const nil = nilAttribute(generation, tagged);
  if (nil !== undefined) {
    into.line(`if (${matchLiteral(nil, at)}) { p = ${at} + ${nil.length}; s.isEmpty = true;`);
    into.put('null,');
    into.line('} else');
  }
  const generated = generation.complexType(element.type);
  if (generated === undefined || !hasPlainAttributes(generated)) return into.line(`{ ${read} }`);
  const content = into.decoder.constant(generated.content);
  into.line('{ const u = s.used;');
  into.put('{');
  into.line(`r = ${content}.attributesInPlace(s, ${at});`);
  into.line(`if (r < 0) { s.used = u; ${read} } else { p = ${content}.members(s, r); close(s, 125); } }`);
}

/** What is unwrapped has none that are told. */
export function hasPlainAttributes({ content, definition }: GeneratedType): boolean {
  return definition.attributes.length > 0 && !content.isAbstract && !content.isUnwrapped;
}

/** How a nil element ends that has no other attributes, as most senders write it. */
function nilAttribute({ bindings }: Generation, { nillable, content }: TaggedElement): string | undefined {
  const prefix = bindings.prefixOf(XSI_NAMESPACE);
  if (!nillable || prefix === undefined || prefix === '' || bindings.bitOf(prefix) !== 0) return undefined;
  const mayBeNil = content.kind === 'text' || (!content.isAbstract && content.required === 0);
  return mayBeNil && isAscii(Buffer.from(prefix)) ? ` ${prefix}:nil="true"/>` : undefined;
}

/** The value of an element without attributes; `p` is behind its start tag. */
function generatePlain(generation: Generation, into: FunctionSource, element: ElementParticle): void {
  const type = typeOf(generation.contract, element.type);
  if (type.kind === 'simple')
    return generateText(generation, into, element.type, textRule(generation, element, type.key));
  const generated = generation.complexType(element.type);
  if (generated === undefined || !isPlain(generated)) return into.line(`${FAIL};`);
  const { isUnwrapped } = generated.content;
  into.put(isUnwrapped ? '[' : '{');
  const content = into.decoder.constant(generated.content);
  into.line(`p = ${content}.members(s, p); close(s, ${isUnwrapped ? 93 : 125});`);
}

export function isPlain({ content }: Pick<GeneratedType, 'content'>): boolean {
  return !content.isAbstract && content.required === 0;
}

/** Types that keep raw XML, and a text that the declaration of an element of a complex type gives. */
export function isGeneral(generation: Generation, element: ElementParticle): boolean {
  if (typeOf(generation.contract, element.type).kind === 'simple') return false;
  const hasOwnText = element.default !== undefined || element.fixed !== undefined;
  return hasOwnText || generation.complexType(element.type) === undefined;
}

/** The text at `p`, as a value of a simple type. */
export function generateText(
  generation: Generation,
  into: FunctionSource,
  key: QNameKey,
  rule: TextRule,
): void {
  const read = `readText(s, p, ${into.decoder.constant(rule)})`;
  const isCopied = rule.fixed === undefined && rule.default === undefined;
  const copy = isCopied ? generation.copyOf(key, '<') : undefined;
  into.line(copy === undefined ? `p = ${read};` : `r = ${copy}; p = r < 0 ? ${read} : r;`);
}

function textRule({ contract }: Generation, element: ElementParticle, key: QNameKey): TextRule {
  const { default: absent, fixed } = element;
  return { codec: compileSimpleType(contract, key), default: absent ?? fixed, fixed };
}

/** What is to be known of an element to read a start tag with attributes; undefined if only the general decoder reads its type. */
export function taggedElement(generation: Generation, element: ElementParticle): TaggedElement | undefined {
  const { nillable } = element;
  const type = typeOf(generation.contract, element.type);
  if (type.kind === 'simple') {
    const rule = textRule(generation, element, type.key);
    return {
      nillable,
      content: { kind: 'text', typeKey: type.key, isOpen: isOpenSimpleType(type), rule },
      substitute: () => undefined,
    };
  }
  const generated = generation.complexType(element.type);
  if (generated === undefined) return undefined;
  const substitutes = new Set(generated.definition.substitutes);
  return {
    nillable,
    content: generated.content,
    substitute: remembering((key) =>
      substitutes.has(key) ? generation.complexType(key)?.content : undefined,
    ),
  };
}

/** The same element mostly names the same type. */
function remembering<Found>(find: (key: string) => Found): (key: string) => Found {
  let last: { readonly key: string; readonly found: Found } | undefined;
  return (key) => (last?.key === key ? last : (last = { key, found: find(key) })).found;
}
