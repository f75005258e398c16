import { typeOf } from '../../builtin-types.ts';
import type { ElementParticle, MaxOccurs, WildcardParticle } from '../../contract.ts';
import type { JsonValue } from '../codec.ts';
import { isOpenSimpleType } from '../../open-simple-type.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { accessorType } from '../encoded/accessor-type.ts';
import { LocalPrefixes } from './local-prefixes.ts';
import { ownMember } from './own-member.ts';
import type { ObjectScope } from './object-scope.ts';
import { checkAllowed } from '../raw-xml-check.ts';
import { rawElement } from './raw-text.ts';
import { encodeOpenElement } from './open-element.ts';
import { generateText, notEmpty } from './generate-text.ts';
import type { SourceWriter } from './source-writer.ts';
import type { EncoderTable } from './encoder-table.ts';

/** What generating functions need to know. */
export interface Generation {
  readonly table: EncoderTable;
  readonly writer: SourceWriter;
}

/** Appends an element or wildcard particle, whose member `scope` holds, as often as it occurs. */
export function generateOccurrences(
  generation: Generation,
  scope: ObjectScope,
  particle: ElementParticle | WildcardParticle,
): void {
  const { writer } = generation;
  const variable = scope.member(particle.jsonName);
  const pointer = writer.memberPointer(scope.pointer, particle.jsonName);
  if (particle.max === 'unbounded' || particle.max > 1) {
    generateArray(writer, particle, variable, pointer, (item, itemPointer) => {
      generateOne(generation, particle, item, itemPointer);
    });
    return;
  }
  const missing = particle.min > 0 ? writer.fault(pointer, 'required', 'is required') : '';
  writer.unless(`${variable} === undefined`, missing, () => {
    generateOne(generation, particle, variable, pointer);
  });
}

/** Appends what `item` makes of each item of an array, whose length is checked. */
export function generateArray(
  writer: SourceWriter,
  { min, max }: { readonly min: number; readonly max: MaxOccurs },
  variable: string,
  pointer: string,
  item: (variable: string, pointer: string) => void,
): void {
  const index = writer.variable();
  const entry = writer.variable();
  const entryPointer = writer.variable();
  const required = min > 0 ? writer.fault(pointer, 'required', 'is required') : '';
  writer.line(`if (${variable} === undefined) { ${required} }`);
  writer.line(
    `else if (!Array.isArray(${variable})) { ${writer.fault(pointer, 'type', 'must be an array')} }`,
  );
  writer.line('else {');
  generateLengthCheck(writer, min, max, variable, pointer);
  writer.line(`for (let ${index} = 0; ${index} < ${variable}.length; ${index}++) {`);
  writer.line(`const ${entry} = ${variable}[${index}];`);
  writer.line(`const ${entryPointer} = ${writer.itemPointer(pointer, index)};`);
  item(entry, entryPointer);
  writer.line('}}');
}

function generateLengthCheck(
  writer: SourceWriter,
  min: number,
  max: MaxOccurs,
  variable: string,
  pointer: string,
): void {
  if (min > 0) {
    const fault = writer.fault(
      pointer,
      'occurrence',
      `must have at least ${min} item${min === 1 ? '' : 's'}`,
    );
    writer.line(`if (${variable}.length < ${min}) { ${fault} }`);
  }
  if (max !== 'unbounded') {
    const fault = writer.fault(pointer, 'occurrence', `must have at most ${max} item${max === 1 ? '' : 's'}`);
    writer.line(`if (${variable}.length > ${max}) { ${fault} }`);
  }
}

function generateOne(
  generation: Generation,
  particle: ElementParticle | WildcardParticle,
  value: string,
  pointer: string,
): void {
  if (particle.kind === 'element') {
    generateElement(generation, particle, value, pointer);
    return;
  }
  const { table, writer } = generation;
  const check = table.encoding === undefined ? checkAllowed(table.contract, particle) : undefined;
  const constants = `${writer.constant(particle.namespaces)}, ${writer.constant(check)}`;
  writer.text(`${writer.constant(rawElement)}(${value}, ${pointer}, x, ${constants})`);
}

/** Appends one element. */
export function generateElement(
  generation: Generation,
  particle: ElementParticle,
  value: string,
  pointer: string,
): void {
  const { table, writer } = generation;
  const attributes = accessorType(table, particle);
  const tag = table.prefixes.tagName(particle.name);
  if (typeOf(table.contract, particle.type).kind === 'simple') {
    generateSimpleElement(generation, particle, tag, value, pointer, attributes);
    return;
  }
  if (particle.fixed !== undefined) generateFixedText(generation, particle, particle.fixed, value, pointer);
  if (particle.default) refuseEmptyText(generation, particle, particle.default, value, pointer);
  const slot = table.slotOfElement(particle);
  writer.literal(`<${tag}${attributes}`);
  writer.line(`at = ${writer.constant(table.functions)}[${slot}](${value}, d + 1, ${pointer}, x, at);`);
  writer.literal(`</${tag}>`);
}

/** The text of an element of a complex type may be fixed too (XSD 1.0 Part 1, 3.3.4, clause 5.2.2). */
function generateFixedText(
  { table, writer }: Generation,
  { type }: ElementParticle,
  fixed: string,
  value: string,
  pointer: string,
): void {
  const { content } = table.complexType(type);
  if (content.kind !== 'simple' && content.kind !== 'mixed') return;
  const canonical =
    content.kind === 'simple' ? compileSimpleType(table.contract, content.type).canonical : sameText;
  const differs = (given: JsonValue): boolean => {
    // `value` is where xs:anyType has its text if `@type` names a simple type.
    const text = ownMember(given, content.jsonName) ?? ownMember(given, 'value') ?? given;
    return text !== null && typeof text !== 'object' && canonical(String(text)) !== canonical(fixed);
  };
  const fault = writer.fault(pointer, 'fixed', `must be ${JSON.stringify(fixed)}`);
  writer.check(`if (${writer.constant(differs)}(${value})) { ${fault} }`);
}

/** As for an element of a simple type; mixed content has no default in JSON. */
function refuseEmptyText(
  { table, writer }: Generation,
  { type }: ElementParticle,
  absent: string,
  value: string,
  pointer: string,
): void {
  const { content } = table.complexType(type);
  if (content.kind !== 'simple') return;
  const isEmpty = (given: JsonValue): boolean => {
    const text = ownMember(given, content.jsonName);
    return text === '' || (Array.isArray(text) && text.length === 0);
  };
  const fault = writer.fault(pointer, 'lexical', notEmpty(absent));
  writer.check(`if (${writer.constant(isEmpty)}(${value})) { ${fault} }`);
}

function sameText(text: string): string {
  return text;
}

function generateSimpleElement(
  { table, writer }: Generation,
  particle: ElementParticle,
  tag: string,
  value: string,
  pointer: string,
  attributes: string,
): void {
  const type = typeOf(table.contract, particle.type);
  const codec = compileSimpleType(table.contract, particle.type);
  const write = (): void => {
    if (isOpenSimpleType(type)) {
      const encode = writer.constant(encodeOpenElement(table, particle, type, attributes));
      writer.literal(`<${tag}`);
      writer.line(`at = ${encode}(${value}, d, ${pointer}, x, at);`);
      writer.literal(`</${tag}>`);
      return;
    }
    const prefixes = codec.usesNamespaces ? writer.variable() : undefined;
    if (prefixes !== undefined) writer.line(`const ${prefixes} = new ${writer.constant(LocalPrefixes)}();`);
    generateText(writer, {
      codec,
      kind: 'text',
      fixed: particle.fixed,
      absent: particle.default,
      value,
      pointer,
      prefixes,
      before() {
        writer.literal(`<${tag}${attributes}`);
        if (prefixes !== undefined) writer.text(`${prefixes}.declarations`);
        writer.literal('>');
      },
      after() {
        writer.literal(`</${tag}>`);
      },
    });
  };
  if (!particle.nillable) {
    writer.unless(`${value} === null`, writer.fault(pointer, 'not-nillable', 'must not be null'), write);
    return;
  }
  writer.line(`if (${value} === null) {`);
  writer.literal(`<${tag}${attributes} xsi:nil="true"/>`);
  writer.line('} else {');
  write();
  writer.line('}');
}
