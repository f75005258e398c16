/** A part of a MIME package beside the envelope, whole. */
export interface Attachment {
  /** Without angle brackets. */
  readonly contentId?: string;
  /** E.g. `application/pdf`; default `application/octet-stream`. */
  readonly mediaType?: string;
  readonly content: Uint8Array;
}

/** An attachment whose content comes while it is sent. */
export interface StreamedAttachment extends Omit<Attachment, 'content'> {
  readonly content: AsyncIterable<Uint8Array>;
}

/** `xop`: MTOM (SOAP Message Transmission Optimization Mechanism); `swa`: SOAP Messages with Attachments. */
export type Packaging = 'xop' | 'swa';
