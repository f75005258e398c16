import { XSI_NAMESPACE, SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import { shownName } from '../../xml/xml-error.ts';
import { allowsNamespace } from './content-model.ts';
import { fail, type Reading } from './frame.ts';
import { memberText } from './json-writer.ts';
import { readValue } from './text-frames.ts';
import type { ComplexReader } from './type-reader.ts';

/** Attributes that belong to XML Schema's and SOAP's machinery, not to the contract: mustUnderstand, encodingStyle, ... */
const MACHINERY: ReadonlySet<string> = new Set([XSI_NAMESPACE, ...Object.values(SOAP_ENVELOPE_NAMESPACE)]);

/** Writes the attributes of an element of complex type as members. @throws DecodeError for unknown and missing ones. */
export function readAttributes(reading: Reading, attributes: Attributes, reader: ComplexReader): void {
  const seen = new Set<string>();
  const others: [string, string][] = [];
  for (let i = 0; i < attributes.count; i++) {
    const { key, namespace } = attributes.names[i]!;
    const known = reader.attributes.get(key);
    if (known !== undefined) {
      seen.add(key);
      reading.writer.member(known.member);
      // An attribute that is there is never defaulted; only its fixed value counts.
      const { fixed } = known.use;
      reading.writer.value(readValue(reading, known.codec, attributes.values[i]!, fixed === undefined ? {} : { fixed }));
    } else if (!MACHINERY.has(namespace)) {
      takeOther(reading, attributes, i, reader, others);
    }
  }
  for (const { use } of reader.required) {
    if (!seen.has(`{${use.name.namespace}}${use.name.local}`)) {
      fail(reading, 'missing-attribute', `the attribute "${use.name.local}" is missing`);
    }
  }
  writeOthers(reading, reader, others);
}

function takeOther(
  reading: Reading,
  attributes: Attributes,
  index: number,
  { type }: ComplexReader,
  others: [string, string][],
): void {
  const { key, namespace, local } = attributes.names[index]!;
  if (type.anyAttribute === undefined || !allowsNamespace(type.anyAttribute.namespaces, namespace)) {
    fail(reading, 'unexpected-attribute', `the attribute "${shownName(local)}" is not declared`);
  }
  others.push([namespace === '' ? local : key, attributes.values[index]!]);
}

function writeOthers({ writer }: Reading, { type }: ComplexReader, others: readonly [string, string][]): void {
  if (others.length === 0) return;
  writer.member(memberText(type.anyAttribute!.jsonName));
  writer.value(JSON.stringify(Object.fromEntries(others)));
}

/** @throws DecodeError for any attribute of an element of simple type. */
export function refuseAttributes(reading: Reading, attributes: Attributes): void {
  for (let i = 0; i < attributes.count; i++) {
    const { namespace, local } = attributes.names[i]!;
    if (MACHINERY.has(namespace)) continue;
    fail(reading, 'unexpected-attribute', `the attribute "${shownName(local)}" is not declared`);
  }
}

/** Whether there is an attribute that is the contract's business. */
export function hasOwnAttributes(attributes: Attributes): boolean {
  for (let i = 0; i < attributes.count; i++) if (!MACHINERY.has(attributes.names[i]!.namespace)) return true;
  return false;
}

/** Value of an attribute by its Clark name. */
export function attributeOf(attributes: Attributes, key: string): string | undefined {
  for (let i = 0; i < attributes.count; i++) if (attributes.names[i]!.key === key) return attributes.values[i];
  return undefined;
}

/** All but XML Schema's own attributes, for xs:anyType: from Clark name to value. */
export function allAttributes(attributes: Attributes): Record<string, string> {
  const all: [string, string][] = [];
  for (let i = 0; i < attributes.count; i++) {
    const { key, namespace, local } = attributes.names[i]!;
    if (!MACHINERY.has(namespace)) all.push([namespace === '' ? local : key, attributes.values[i]!]);
  }
  return Object.fromEntries(all);
}
