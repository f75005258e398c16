import type { Attachment, Packaging, StreamedAttachment } from '../../mime/attachment.ts';
import type { AttachmentPart, Contract } from '../../contract.ts';
import { urlOfContentId } from '../../mime/content-id.ts';
import { escapeAttribute } from '../../xml/escape.ts';
import type { JsonValue } from '../codec.ts';
import { base64Octets } from '../simple/binary.ts';
import { base64Type } from '../simple/binary-type.ts';
import { SimpleFault, type SimpleCodec } from '../simple/simple-codec.ts';
import { StreamedBinary } from './streamed-binary.ts';

export const XOP_NAMESPACE = 'http://www.w3.org/2004/08/xop/include';

export interface CollectedAttachments {
  readonly attachments: readonly (Attachment | StreamedAttachment)[];
  /** Undefined if there are none. */
  readonly packaging: Packaging | undefined;
}

const NOTHING: CollectedAttachments = { attachments: [], packaging: undefined };

/**
 * What an encoder puts beside the envelope. One sink serves all messages of a contract, one after the other: encoding is
 * synchronous.
 */
export class AttachmentSink {
  #leastOctets = Infinity;
  #attachments: (Attachment | StreamedAttachment)[] = [];
  #hasIncludes = false;

  /** @param leastOctets base64Binary content of at least so many becomes an attachment (MTOM); Infinity for none. */
  begin(leastOctets: number): void {
    this.#leastOctets = leastOctets;
    if (this.#attachments.length > 0) this.#attachments = [];
    this.#hasIncludes = false;
  }

  take(): CollectedAttachments {
    const attachments = this.#attachments;
    if (attachments.length === 0) return NOTHING;
    this.#attachments = [];
    return { attachments, packaging: this.#hasIncludes ? 'xop' : 'swa' };
  }

  /** XML for a binary value in element content or, for a reference, anywhere. */
  encode(codec: SimpleCodec, value: JsonValue): string | SimpleFault {
    if ((value as unknown) instanceof StreamedBinary)
      return this.#place(codec, value as unknown as StreamedBinary);
    const base64 = codec.toXml(value, refusePrefix);
    if (typeof base64 !== 'string') return base64;
    if (codec.binary === 'base64' && base64Octets(base64) < this.#leastOctets) return base64;
    return this.#place(codec, base64);
  }

  /** The content of a message part that mime:content binds (WS-I Attachments Profile 1.0, R2933: its name is in the Content-ID). */
  addPart({ name, mediaTypes }: AttachmentPart, value: JsonValue): SimpleFault | undefined {
    const isStreamed = (value as unknown) instanceof StreamedBinary;
    const content = isStreamed ? (value as unknown as StreamedBinary) : base64Type.toLexical(value);
    if (content instanceof SimpleFault) return content;
    const [only, ...others] = mediaTypes;
    const mediaType = others.length === 0 && only?.includes('*') === false ? only : undefined;
    this.#add(content, `${encodeURIComponent(name)}=`, mediaType);
    return undefined;
  }

  #place({ binary }: SimpleCodec, content: string | StreamedBinary): string {
    const url = escapeAttribute(urlOfContentId(this.#add(content, '')));
    if (binary === 'swaRef') return url;
    this.#hasIncludes = true;
    return `<xop:Include xmlns:xop="${XOP_NAMESPACE}" href="${url}"/>`;
  }

  /** @returns its Content-ID: unique in the message, and the same each time the message is encoded. */
  #add(content: string | StreamedBinary, prefix: string, mediaType?: string): string {
    const contentId = `${prefix}${this.#attachments.length + 1}@portico`;
    const type = (content instanceof StreamedBinary ? content.mediaType : undefined) ?? mediaType;
    const header = { contentId, ...(type !== undefined && { mediaType: type }) };
    this.#attachments.push(
      content instanceof StreamedBinary
        ? { ...header, content: content.content }
        : { ...header, content: Buffer.from(content, 'base64') },
    );
    return contentId;
  }
}

const sinks = new WeakMap<Contract, AttachmentSink>();

export function attachmentSink(contract: Contract): AttachmentSink {
  const sink = sinks.get(contract) ?? new AttachmentSink();
  sinks.set(contract, sink);
  return sink;
}

function refusePrefix(): never {
  throw new Error('Internal: a binary type asked for a prefix');
}
