import { XSI_NAMESPACE, qnameKey } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import { ContentFrame } from './content-frame.ts';
import type { ElementSlot } from './element-slot.ts';
import { fail, type Reading } from './frame.ts';
import { memberText } from './json-writer.ts';
import { RawContentFrame } from './raw-frames.ts';
import {
  allAttributes,
  attributeOf,
  hasOwnAttributes,
  readAttributes,
  refuseAttributes,
} from './read-attributes.ts';
import { EmptyFrame, readValue, TextFrame, type ValueConstraint } from './text-frames.ts';
import type { AnyTypeReader, ComplexReader, SimpleReader, TypeReader } from './type-reader.ts';

const NIL = qnameKey(XSI_NAMESPACE, 'nil');
const TYPE = qnameKey(XSI_NAMESPACE, 'type');
const TYPE_MEMBER = memberText('@type');
const NIL_MEMBER = memberText('@nil');
const MIXED_MEMBER = memberText('@mixed');
const ANY_ATTRIBUTE_MEMBER = memberText('@anyAttribute');
const VALUE_MEMBER = memberText('value');

/**
 * Starts the value of an element: the writer stands where it goes, and a frame for its content is pushed.
 * @param isOpen the JSON object is open already (the root of a message, where a header may have been written)
 */
export function beginElement(reading: Reading, slot: ElementSlot, attributes: Attributes, isOpen = false): void {
  const declared = slot.reader;
  const actual = actualReader(reading, declared, attributes);
  if (isNil(attributes)) beginNil(reading, slot, actual, attributes);
  else if (actual.kind === 'simple') beginSimple(reading, slot, declared, actual, attributes);
  else if (actual.kind === 'any') beginAny(reading, attributes);
  else beginComplex(reading, slot.particle, declared, actual, attributes, isOpen);
}

function isNil(attributes: Attributes): boolean {
  const nil = attributeOf(attributes, NIL)?.trim();
  return nil === 'true' || nil === '1';
}

/** The type that xsi:type names, if it may stand for the declared one (XSD 1.0 Part 1, 3.3.4 clause 4). */
function actualReader(reading: Reading, declared: TypeReader, attributes: Attributes): TypeReader {
  const written = attributeOf(attributes, TYPE);
  if (written === undefined) return concrete(reading, declared, attributes);
  const key = resolveName(reading, written.trim());
  if (key === declared.key) return concrete(reading, declared, attributes);
  const named = reading.table.namedReader(key);
  if (named === undefined) return fail(reading, 'unknown-type', 'xsi:type names a type that the contract does not have');
  if (declared.kind === 'any') return concrete(reading, named, attributes);
  // A simple type is read as declared: the one named can only restrict it.
  if (declared.kind === 'simple' && named.kind === 'simple') return declared;
  if (declared.kind === 'complex' && declared.type.substitutes.includes(key)) return named;
  return fail(reading, 'unknown-type', 'xsi:type names a type that may not stand here');
}

function concrete(reading: Reading, reader: TypeReader, attributes: Attributes): TypeReader {
  if (reader.kind !== 'complex' || !reader.type.abstract || isNil(attributes)) return reader;
  return fail(reading, 'unknown-type', 'the declared type is abstract, so xsi:type must name a concrete one');
}

function resolveName(reading: Reading, written: string): string {
  const colon = written.indexOf(':');
  const namespace = reading.context.scope.lookup(colon < 0 ? '' : written.slice(0, colon));
  if (namespace === undefined) return fail(reading, 'unknown-type', 'the prefix of xsi:type is not declared');
  return qnameKey(namespace, written.slice(colon + 1));
}

function beginNil(reading: Reading, slot: ElementSlot, actual: TypeReader, attributes: Attributes): void {
  const { writer } = reading;
  if (!slot.particle.nillable) fail(reading, 'invalid-value', 'is nil, which the contract does not allow');
  const differs = actual.kind === 'complex' && actual.key !== slot.reader.key;
  if (actual.kind === 'complex' && (differs || hasOwnAttributes(attributes))) {
    writer.open('{');
    writer.member(NIL_MEMBER);
    writer.value('true');
    if (differs) writeTypeName(reading, actual.type.name);
    readAttributes(reading, attributes, actual);
    reading.push(new EmptyFrame(reading, () => { writer.close('}'); }));
    return;
  }
  if (actual.kind === 'simple') refuseAttributes(reading, attributes);
  reading.push(new EmptyFrame(reading, () => { writer.value('null'); }));
}

function writeTypeName({ writer }: Reading, name: string): void {
  writer.member(TYPE_MEMBER);
  writer.value(JSON.stringify(name));
}

function beginSimple(
  reading: Reading,
  slot: ElementSlot,
  declared: TypeReader,
  { codec, typeName }: SimpleReader,
  attributes: Attributes,
): void {
  const { writer } = reading;
  refuseAttributes(reading, attributes);
  if (declared.kind !== 'any') {
    reading.push(new TextFrame(reading, (text) => { writer.value(readValue(reading, codec, text, slot.particle)); }));
    return;
  }
  writer.open('{');
  writeTypeName(reading, typeName);
  writer.member(VALUE_MEMBER);
  const frame = new TextFrame(reading, (text) => {
    writer.value(readValue(reading, codec, text, {}));
    writer.close('}');
  });
  reading.push(frame);
}

function beginAny(reading: Reading, attributes: Attributes): void {
  const { writer } = reading;
  writer.open('{');
  if (hasOwnAttributes(attributes)) {
    writer.member(ANY_ATTRIBUTE_MEMBER);
    writer.value(JSON.stringify(allAttributes(attributes)));
  }
  const frame = new RawContentFrame(reading, (xml) => {
    writer.member(MIXED_MEMBER);
    writer.value(JSON.stringify(xml));
    writer.close('}');
  });
  reading.push(frame);
}

function beginComplex(
  reading: Reading,
  constraint: ValueConstraint,
  declared: SimpleReader | ComplexReader | AnyTypeReader,
  actual: ComplexReader,
  attributes: Attributes,
  isOpen: boolean,
): void {
  const { writer } = reading;
  if (actual.type.unwrapped) {
    refuseAttributes(reading, attributes);
    writer.open('[');
    reading.push(new ContentFrame(reading, actual.model!, true, () => { writer.close(']'); }));
    return;
  }
  if (!isOpen) writer.open('{');
  if (actual.key !== declared.key) writeTypeName(reading, actual.type.name);
  readAttributes(reading, attributes, actual);
  pushContent(reading, constraint, actual);
}

function pushContent(reading: Reading, constraint: ValueConstraint, { type, model, text: codec }: ComplexReader): void {
  const { writer } = reading;
  const close = (): void => { writer.close('}'); };
  const { content } = type;
  switch (content.kind) {
    case 'empty':
      reading.push(new EmptyFrame(reading, close));
      return;
    case 'elements':
      reading.push(new ContentFrame(reading, model!, false, close));
      return;
    case 'simple':
      reading.push(
        new TextFrame(reading, (text) => {
          writer.member(memberText(content.jsonName));
          writer.value(readValue(reading, codec!, text, { ...content, ...constraint }));
          close();
        }),
      );
      return;
    case 'mixed':
      reading.push(
        new RawContentFrame(reading, (xml) => {
          writer.member(memberText(content.jsonName));
          writer.value(JSON.stringify(xml));
          close();
        }),
      );
  }
}
