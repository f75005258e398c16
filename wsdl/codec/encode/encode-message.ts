import type { AttachmentPart, Body, ElementParticle, Message } from '../../contract.ts';
import type { JsonValue } from '../codec.ts';
import { output } from './byte-output.ts';
import type { EncoderPlan } from './compile-encoder.ts';
import { ownMember } from './own-member.ts';
import { encoderTable, type EncoderTable } from './encoder-table.ts';
import { ENCODED_NAMESPACES, ENCODING_NAMESPACE, envelopeOf } from './envelope.ts';
import type { FaultCollector } from './fault-collector.ts';
import { generateElement, type Generation } from './generate-element.ts';
import { generateParticle } from './generate-group.ts';
import { ObjectScope } from './object-scope.ts';
import type { EncoderMode } from './source-writer.ts';
import type { TypeEncoder } from './type-encoder.ts';

/** Writes the whole message from `at` on. @returns the position after it. */
export type MessageEncoder<V> = (value: V, faults: FaultCollector | undefined, at: number) => number;

const HEADER = '@header';

export function encodeMessage(
  { contract, soapVersion, message }: EncoderPlan,
  mode: EncoderMode,
): MessageEncoder<JsonValue> {
  const encoding = message.body.use === 'encoded' ? soapVersion : undefined;
  const table = encoderTable(contract, mode, encoding);
  const { opening, closing } = envelopeOf(
    soapVersion,
    table.prefixes,
    namespacesOf(table, message.body, message.headers),
  );
  if (message.headers.length === 0) {
    const whole = bodyEncoder(table, message, opening, closing);
    return (value, faults, at) => whole(value, 0, '', faults, at);
  }
  const start = Buffer.from(opening);
  const header = headerEncoder(encoderTable(contract, mode), message.headers);
  const body = bodyEncoder(table, message, '', closing);
  return (value, faults, at) =>
    body(withoutHeader(value), 0, '', faults, header(value, faults, output.copy(at, start)));
}

function namespacesOf(
  table: EncoderTable,
  { members, wrapper, use }: Body,
  headers: readonly ElementParticle[],
): Set<string> {
  const namespaces = new Set<string>(use === 'encoded' ? ENCODED_NAMESPACES : []);
  if (wrapper && wrapper.namespace !== '') namespaces.add(wrapper.namespace);
  for (const element of [...members, ...headers]) {
    for (const uri of table.prefixes.usedByElement(element)) namespaces.add(uri);
  }
  return namespaces;
}

/** soap:Body with its children (WSDL 1.1, 3.5), between `opening` and `closing`. */
function bodyEncoder(
  table: EncoderTable,
  { body, attachments = [] }: Message,
  opening: string,
  closing: string,
): TypeEncoder {
  const [start, end] = bodyTags(table, body);
  return table.compile((writer) => {
    const generation: Generation = { table, writer };
    writer.literal(opening + start);
    const [only] = body.members;
    if (body.shape === 'value' && only) generateElement(generation, only, 'v', 'p');
    else generateMembers(generation, body.members, 'the message', attachments);
    writer.literal(end + closing);
  });
}

function bodyTags(table: EncoderTable, { kind, wrapper }: Body): [start: string, end: string] {
  if (kind === 'content') return ['', ''];
  if (!wrapper) return ['<soap:Body>', '</soap:Body>'];
  const tag = table.prefixes.tagName(wrapper);
  const style = table.encoding ? ` soap:encodingStyle="${ENCODING_NAMESPACE[table.encoding]}"` : '';
  return [`<soap:Body><${tag}${style}>`, `</${tag}></soap:Body>`];
}

/** Appends elements whose values are the members of the object `v`. */
function generateMembers(
  generation: Generation,
  members: readonly ElementParticle[],
  owner: string,
  attachments: readonly AttachmentPart[] = [],
): void {
  const { writer } = generation;
  const fault = writer.fault('p', 'type', 'must be an object');
  writer.line(`if (v === null || typeof v !== "object" || Array.isArray(v)) { ${fault} return at; }`);
  const scope = new ObjectScope(writer, 'v', 'p');
  for (const member of members) scope.declareParticle(member);
  for (const { jsonName } of attachments) scope.declare(jsonName);
  scope.refuseUnknown(owner);
  for (const member of members) generateParticle(generation, scope, member);
  for (const attachment of attachments) generateAttachment(generation, scope, attachment);
}

/** Adds nothing to the XML: the content goes beside the envelope. */
function generateAttachment({ writer }: Generation, scope: ObjectScope, attachment: AttachmentPart): void {
  const value = scope.member(attachment.jsonName);
  const pointer = writer.memberPointer(scope.pointer, attachment.jsonName);
  writer.line(`if (${value} === undefined) { ${writer.fault(pointer, 'required', 'is required')} } else {`);
  const fault = writer.variable();
  const sink = writer.constant(writer.attachments);
  writer.line(`const ${fault} = ${sink}.addPart(${writer.constant(attachment)}, ${value});`);
  writer.line(`if (${fault}) { ${writer.faultSaying(pointer, `${fault}.code`, `${fault}.message`)} } }`);
}

const HEADER_START: Uint8Array = Buffer.from('<soap:Header>');
const HEADER_END: Uint8Array = Buffer.from('</soap:Header>');

function headerEncoder(table: EncoderTable, headers: readonly ElementParticle[]): MessageEncoder<JsonValue> {
  const blocks = table.compile((writer) => {
    const optional = headers.map((header): ElementParticle => ({ ...header, min: 0 }));
    generateMembers({ table, writer }, optional, `"${HEADER}"`);
  });
  return (value, faults, at) => {
    const header = ownMember(value, HEADER);
    if (header === undefined) return at;
    const isEmpty = headers.every(({ jsonName }) => ownMember(header, jsonName) === undefined);
    if (isEmpty) return blocks(header, 0, `/${HEADER}`, faults, at);
    return output.copy(blocks(header, 0, `/${HEADER}`, faults, output.copy(at, HEADER_START)), HEADER_END);
  };
}

/** The body's own value, leaving `value` as it is. */
function withoutHeader(value: JsonValue): JsonValue {
  if (ownMember(value, HEADER) === undefined) return value;
  return Object.fromEntries(
    Object.entries(value as { [member: string]: JsonValue }).filter(([name]) => name !== HEADER),
  );
}
