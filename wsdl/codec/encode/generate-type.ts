import type { ComplexType } from '../../contract.ts';
import { qnameKey } from '../../qname.ts';
import { defaultLimits } from '../../limits.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { checkAttribute, checkMixed } from '../raw-xml-check.ts';
import { anyAttributes } from './any-attributes.ts';
import { generateArray, generateElement, type Generation } from './generate-element.ts';
import { generateParticle } from './generate-group.ts';
import { generateText } from './generate-text.ts';
import { LocalPrefixes } from './local-prefixes.ts';
import { ObjectScope } from './object-scope.ts';
import { rawContent } from './raw-text.ts';
import { onlyElement } from './unwrapped.ts';

/** `full`: attributes and content; `nil`: attributes only, for an element with xsi:nil. */
export type TypeForm = 'full' | 'nil';

/** Room below the limit that decoders set, for the envelope and for elements without a complex type. */
export const DEEPEST: number = defaultLimits.maxDepth - 8;

/** The variable that holds the prefixes declared in the start tag. */
const PREFIXES = 'q';

/** Source for the values of exactly this type. `extras` are further members that the caller has dealt with. */
export function generateType(
  generation: Generation,
  type: ComplexType,
  form: TypeForm,
  extras: readonly string[],
): void {
  const { writer } = generation;
  writer.line(`if (d > ${DEEPEST}) { ${writer.fault('p', 'depth', 'is nested too deep')} return at; }`);
  if (type.unwrapped && form === 'full') generateUnwrapped(generation, type);
  else generateObject(generation, type, form, extras);
}

function generateUnwrapped(generation: Generation, type: ComplexType): void {
  const { writer } = generation;
  const element = onlyElement(type);
  const notNull = writer.fault('p', 'not-nillable', 'must not be null');
  writer.line(`if (v === null) { ${notNull} return at; }`);
  writer.literal('>');
  generateArray(writer, element, 'v', 'p', (item, pointer) => {
    generateElement(generation, element, item, pointer);
  });
}

function generateObject(
  generation: Generation,
  type: ComplexType,
  form: TypeForm,
  extras: readonly string[],
): void {
  const { writer } = generation;
  writer.line(`if (v === null) { ${writer.fault('p', 'not-nillable', 'must not be null')} return at; }`);
  writer.line(
    `if (typeof v !== "object" || Array.isArray(v)) { ${writer.fault('p', 'type', 'must be an object')} return at; }`,
  );
  const scope = new ObjectScope(writer, 'v', 'p');
  for (const name of extras) scope.declare(name);
  declareMembers(scope, type, form);
  scope.refuseUnknown(`"${type.name}"`);
  if (usesPrefixes(generation, type))
    writer.line(`const ${PREFIXES} = new ${writer.constant(LocalPrefixes)}();`);
  generateAttributes(generation, scope, type);
  if (form === 'full') generateContent(generation, scope, type);
  else closeStartTag(generation, type);
}

function declareMembers(
  scope: ObjectScope,
  { attributes, anyAttribute, content }: ComplexType,
  form: TypeForm,
): void {
  for (const attribute of attributes) scope.declare(attribute.jsonName);
  if (anyAttribute) scope.declare(anyAttribute.jsonName);
  if (form === 'nil' || content.kind === 'empty') return;
  if (content.kind === 'elements') scope.declareParticle(content.model);
  else scope.declare(content.jsonName);
}

function usesPrefixes({ table }: Generation, { attributes, anyAttribute, content }: ComplexType): boolean {
  const types = [...attributes.map(({ type }) => type), ...(content.kind === 'simple' ? [content.type] : [])];
  return (
    anyAttribute !== undefined || types.some((type) => compileSimpleType(table.contract, type).usesNamespaces)
  );
}

function generateAttributes(generation: Generation, scope: ObjectScope, type: ComplexType): void {
  const { table, writer } = generation;
  for (const attribute of type.attributes) {
    const value = scope.member(attribute.jsonName);
    const pointer = writer.memberPointer('p', attribute.jsonName);
    const missing = attribute.required ? writer.fault(pointer, 'required', 'is required') : '';
    const codec = compileSimpleType(table.contract, attribute.type);
    writer.unless(`${value} === undefined`, missing, () => {
      generateText(writer, {
        codec,
        kind: 'attribute',
        fixed: attribute.fixed,
        value,
        pointer,
        prefixes: PREFIXES,
        before() {
          writer.literal(` ${table.prefixes.tagName(attribute.name)}="`);
        },
        after() {
          writer.literal('"');
        },
      });
    });
  }
  generateAnyAttributes(generation, scope, type);
}

function generateAnyAttributes(
  { table, writer }: Generation,
  scope: ObjectScope,
  { anyAttribute, attributes }: ComplexType,
): void {
  if (!anyAttribute) return;
  const declared = new Set(attributes.map(({ name }) => qnameKey(name.namespace, name.local)));
  const check = table.encoding === undefined ? checkAttribute(table.contract, anyAttribute) : undefined;
  const allowed = writer.constant({ wildcard: anyAttribute, declared, check });
  const value = scope.member(anyAttribute.jsonName);
  const pointer = writer.memberPointer('p', anyAttribute.jsonName);
  writer.line(`if (${value} !== undefined) {`);
  writer.text(`${writer.constant(anyAttributes)}(${value}, ${pointer}, x, ${allowed}, ${PREFIXES})`);
  writer.line('}');
}

function generateContent(generation: Generation, scope: ObjectScope, type: ComplexType): void {
  const { table, writer } = generation;
  const { content } = type;
  switch (content.kind) {
    case 'empty':
      closeStartTag(generation, type);
      break;
    case 'elements':
      closeStartTag(generation, type);
      generateParticle(generation, scope, content.model);
      break;
    case 'simple':
      generateSimpleContent(generation, scope, type, content);
      break;
    case 'mixed': {
      const value = scope.member(content.jsonName);
      const pointer = writer.memberPointer('p', content.jsonName);
      const raw = writer.constant(rawContent);
      const missing = writer.fault(pointer, 'required', 'is required');
      writer.check(`if (${value} === undefined) { ${missing} return at; }`);
      const check = writer.constant(
        table.encoding === undefined ? checkMixed(table.contract, type) : undefined,
      );
      closeStartTag(generation, type);
      writer.text(`${raw}(${value}, ${pointer}, x, ${check})`);
      break;
    }
  }
}

function generateSimpleContent(
  generation: Generation,
  scope: ObjectScope,
  type: ComplexType,
  content: ComplexType['content'] & { kind: 'simple' },
): void {
  const { table, writer } = generation;
  const value = scope.member(content.jsonName);
  const pointer = writer.memberPointer('p', content.jsonName);
  const codec = compileSimpleType(table.contract, content.type);
  writer.unless(`${value} === undefined`, writer.fault(pointer, 'required', 'is required'), () => {
    generateText(writer, {
      codec,
      kind: 'text',
      fixed: content.fixed,
      absent: content.default,
      value,
      pointer,
      prefixes: PREFIXES,
      before() {
        closeStartTag(generation, type);
      },
      after() {
        // The end tag is the caller's.
      },
    });
  });
}

function closeStartTag(generation: Generation, type: ComplexType): void {
  if (usesPrefixes(generation, type)) generation.writer.text(`${PREFIXES}.declarations`);
  generation.writer.literal('>');
}
