import type { Contract, Operation } from '../contract.ts';
import type { Limits } from '../limits.ts';
import type { Attachment, Packaging, StreamedAttachment } from '../mime/attachment.ts';
import type { QName, SoapVersion } from '../qname.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [member: string]: JsonValue };

/** All four codecs of one operation under one binding. Parts are compiled when first used. */
export interface OperationCodec {
  readonly operation: Operation;
  readonly soapVersion: SoapVersion;
  readonly input: MessageCodec;
  /** Missing for one-way operations. */
  readonly output?: MessageCodec;
  /** Envelope with a SOAP Fault, in the binding's SOAP version; `detail` must name a declared fault. */
  encodeFault(fault: FaultToEncode): Uint8Array;
}

/** Translates one message both ways. */
export interface MessageCodec {
  /**
   * JSON value -> SOAP envelope in UTF-8, checked and escaped in one pass. Never modifies or keeps `value`.
   * @throws ValueError naming every fault of the value, each with its JSON Pointer.
   */
  encode(value: JsonValue): Uint8Array;
  /**
   * The same with what travels beside the envelope: the parts that mime:content binds, what swaRef refers to, and, with
   * `leastOctets`, binary content taken out of it. A member may be a `StreamedBinary`.
   */
  encodePackage(value: JsonValue, options?: PackageOptions): EncodedPackage;
  /** A fresh decoder for one message, to be fed chunk by chunk. `write` takes each run of JSON bytes, in order; they are its to keep. */
  createDecoder(write: (json: Uint8Array) => void, options?: DecodeOptions): MessageDecoder;
  /** SOAP bytes -> JSON bytes in one go. @throws DecodeError */
  decode(bytes: Uint8Array, options?: DecodeOptions): Decoded;
}

export interface PackageOptions {
  /** MTOM: base64Binary content of at least so many octets becomes an attachment. Default: none does. */
  readonly leastOctets?: number;
}

export interface EncodedPackage {
  readonly envelope: Uint8Array;
  readonly attachments: readonly (Attachment | StreamedAttachment)[];
  /** Undefined if there are no attachments: the envelope may then be sent as it is. */
  readonly packaging: Packaging | undefined;
}

export interface DecodeOptions {
  readonly limits?: Limits;
  /** What came beside the envelope in a MIME package. */
  readonly attachments?: readonly Attachment[];
  /**
   * More attachments may come later. One that is not among `attachments` stands in JSON as `{"@attachment": contentId}`
   * (`""` for a message part bound to mime:content) instead of its content.
   */
  readonly defersAttachments?: boolean;
  /** From the Content-Type (RFC 7303, 3: it has priority over the XML declaration; a BOM over both). */
  readonly charset?: string;
  /** Namespaces of header blocks that whoever received the message understands, though the contract does not declare them. */
  readonly understood?: ReadonlySet<string>;
  /** Leaves out the decoder that is generated for the layout of the message: for comparing what both say. */
  readonly generalOnly?: boolean;
}

export type Decoded =
  | { readonly kind: 'message'; readonly json: Uint8Array }
  | { readonly kind: 'fault'; readonly fault: SoapFault };

/** Push decoder. Any split of the message into chunks gives the same JSON bytes. */
export interface MessageDecoder {
  /** Keeps nothing of the memory of `chunk`. @throws DecodeError; the decoder is then spent. */
  write(chunk: Uint8Array): void;
  /** @returns what came: a message (its JSON all written) or a fault (no JSON written). @throws DecodeError if cut off. */
  end(): { readonly kind: 'message' } | { readonly kind: 'fault'; readonly fault: SoapFault };
}

/** A SOAP Fault is a result, not an exception (SOAP 1.1, 4.4; SOAP 1.2 Part 1, 5.4). */
export interface SoapFault {
  readonly soapVersion: SoapVersion;
  /** 1.1 `Client` and `Server` read as 1.2 `Sender` and `Receiver`; dotted 1.1 codes by their first part; else `Other`. */
  readonly category:
    'Sender' | 'Receiver' | 'VersionMismatch' | 'MustUnderstand' | 'DataEncodingUnknown' | 'Other';
  readonly code: QName;
  readonly subcodes: readonly QName[];
  readonly reason: string;
  readonly actor?: string;
  readonly node?: string;
  /** A declared fault that was recognised by the element in the detail. `json` are JSON bytes. */
  readonly detail?: { readonly name: string; readonly json: Uint8Array };
  /** Children of the detail as raw XML where no declared fault fits. */
  readonly undeclaredDetail?: string;
}

export interface FaultToEncode {
  readonly category: 'Sender' | 'Receiver';
  readonly reason: string;
  readonly detail?: { readonly name: string; readonly value: JsonValue };
  /** In place of a declared detail: its children as XML, which is written as it is. */
  readonly undeclaredDetail?: string;
}

/** One thing wrong with a JSON value. */
export interface ValueFault {
  /** RFC 6901, from the root of the message's JSON value. */
  readonly pointer: string;
  readonly code: ValueFaultCode;
  /** What is expected; never quotes a value that may be secret (only names and contract facts). */
  readonly message: string;
  /** With `unknown-member`: the members that the object may have. */
  readonly known?: readonly string[];
}

export type ValueFaultCode =
  | 'required'
  | 'unknown-member'
  | 'duplicate-member'
  | 'type'
  | 'lexical'
  | 'enumeration'
  | 'pattern'
  | 'length'
  | 'range'
  | 'digits'
  | 'fixed'
  | 'choice'
  | 'occurrence'
  | 'not-nillable'
  | 'unknown-type'
  | 'abstract-type'
  | 'raw-xml'
  | 'xml-character'
  | 'depth';

/** The JSON value given does not fit the contract. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  readonly faults: readonly ValueFault[];

  constructor(faults: readonly ValueFault[]) {
    super(faults.map((fault) => `${fault.pointer || '/'}: ${fault.message}`).join('\n'));
    this.faults = faults;
  }
}

export type DecodeErrorCode =
  | 'not-xml'
  | 'dtd-forbidden'
  | 'limit-exceeded'
  | 'unsupported-encoding'
  | 'not-soap'
  | 'version-mismatch'
  | 'must-understand'
  | 'unexpected-element'
  | 'missing-element'
  | 'unexpected-attribute'
  | 'missing-attribute'
  | 'unexpected-text'
  | 'invalid-value'
  | 'unknown-type'
  | 'cut-off'
  | 'not-mime'
  | 'missing-attachment'
  | 'duplicate-attachment';

/** The XML received is not what the contract promises. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly code: DecodeErrorCode;
  /** Element path with local names, e.g. `/Envelope/Body/GetAccountResponse/Account/Balance`. */
  readonly path: string;

  constructor(code: DecodeErrorCode, path: string, message: string) {
    super(`${path || '/'}: ${message}`);
    this.code = code;
    this.path = path;
  }
}

export interface CodecTarget {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly soapVersion: SoapVersion;
}
