import {
  type Binding,
  type Contract,
  type Decoded,
  type ElementParticle,
  type FaultMessage,
  type JsonValue,
  type Message,
  type MessageCodec,
  type Operation,
  type OperationCodec,
  type SoapVersion,
} from '../../wsdl/index.ts';
import { detailSchema, messageSchema, type MessageSchema } from './message-schema.ts';
import type { Direction } from './report.ts';

/** One kind of message of an operation, and how to make and read it. */
export interface Subject {
  readonly direction: Direction;
  readonly operation: Operation;
  readonly soapVersion: SoapVersion;
  /** The declared fault, if it is one. */
  readonly fault?: FaultMessage;
  /** The message, if it is none. */
  readonly message?: Message;
  readonly sampled: Message | ElementParticle;
  readonly schema: MessageSchema;
  encode(value: JsonValue): Uint8Array;
  /** The codec that reads it; missing for a fault of an operation without output. */
  readonly reader?: MessageCodec;
}

/** Numbers the schemas of a contract's messages. */
export interface Numbering {
  next: number;
}

/** Input, output and declared faults of an operation. */
export function subjectsOf(
  contract: Contract,
  { soapVersion }: Binding,
  codec: OperationCodec,
  numbering: Numbering,
): Subject[] {
  const { operation } = codec;
  const ofMessage = (direction: Direction, message: Message, reader: MessageCodec): Subject => ({
    direction,
    operation,
    soapVersion,
    message,
    sampled: message,
    schema: messageSchema(contract, message, numbering.next++),
    encode: (value) => reader.encode(value),
    reader,
  });
  const ofFault = (fault: FaultMessage): Subject => ({
    direction: 'fault',
    operation,
    soapVersion,
    fault,
    sampled: fault.detail,
    schema: detailSchema(contract, fault, numbering.next++),
    encode: (value) =>
      codec.encodeFault({ category: 'Receiver', reason: 'sample', detail: { name: fault.name, value } }),
    ...(codec.output && { reader: codec.output }),
  });
  return [
    ofMessage('input', operation.input, codec.input),
    ...(operation.output && codec.output ? [ofMessage('output', operation.output, codec.output)] : []),
    ...operation.faults.map(ofFault),
  ];
}

/** JSON bytes of the message, or of the detail of the fault. @throws Error if another fault came, or none */
export function jsonOf(subject: Subject, decoded: Decoded): Uint8Array {
  if (!subject.fault) {
    if (decoded.kind === 'message') return decoded.json;
    throw new Error(`read as a fault: ${decoded.fault.reason}`);
  }
  if (decoded.kind === 'message') throw new Error('a fault was read as a message');
  const { detail, undeclaredDetail } = decoded.fault;
  if (detail?.name === subject.fault.name) return detail.json;
  throw new Error(
    `the fault was read as ${detail ? `"${detail.name}"` : `an undeclared one: ${undeclaredDetail ?? 'no detail'}`}`,
  );
}
