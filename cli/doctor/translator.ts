import type { Subject } from '../../judge/index.ts';
import type {
  Attachment,
  Decoded,
  DecodeOptions,
  JsonValue,
  MessageCodec,
  OperationCodec,
} from '../../wsdl/index.ts';

/** Makes and reads the messages of a subject. */
export interface Translator {
  encode(value: JsonValue): Uint8Array;
  /** What the message needs beside its envelope to be read back. */
  attached(value: JsonValue): DecodeOptions;
  /** The same with all binary content taken out of the envelope (MTOM), to be read back; undefined if it has none. */
  packed(value: JsonValue): { readonly envelope: Uint8Array; readonly options: DecodeOptions } | undefined;
  /** Missing for a fault of an operation without output: nothing reads it. */
  readonly reader?: MessageCodec;
}

export function translatorOf({ direction, fault }: Subject, codec: OperationCodec): Translator {
  if (fault) {
    const { name } = fault;
    return {
      encode: (value) =>
        codec.encodeFault({ category: 'Receiver', reason: 'sample', detail: { name, value } }),
      attached: () => ({}),
      packed: () => undefined,
      ...(codec.output && { reader: codec.output }),
    };
  }
  const reader = direction === 'input' ? codec.input : codec.output!;
  return {
    encode: (value) => reader.encode(value),
    attached: (value) => attachmentsOf(reader, value),
    packed: (value) => {
      const { envelope, attachments } = reader.encodePackage(value, { leastOctets: 0 });
      if (attachments.length === 0) return undefined;
      return { envelope, options: { attachments: attachments as readonly Attachment[] } };
    },
    reader,
  };
}

function attachmentsOf(codec: MessageCodec, value: JsonValue): DecodeOptions {
  const attachments = codec.encodePackage(value).attachments as readonly Attachment[];
  return attachments.length > 0 ? { attachments } : {};
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
