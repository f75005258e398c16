/** Bounds on XML from outside, contracts and messages alike. One record, so that nothing is bounded twice. */
export interface Limits {
  /** Nested elements. */
  readonly maxDepth: number;
  /** Bytes of one message or document. */
  readonly maxBytes: number;
  /** Attributes of one element, namespace declarations included. */
  readonly maxAttributes: number;
  /** Elements of one message. */
  readonly maxElements: number;
  /**
   * Elements of one SOAP-encoded body, which is kept whole; and again, with references replaced by what they refer to and
   * arrays by all their places, of what that comes to.
   */
  readonly maxEncodedElements: number;
  /** Bytes of one name, attribute value or text (a text that streams included). */
  readonly maxTextBytes: number;
  /** Parts of one MIME package, the envelope included. */
  readonly maxParts: number;
  /** Bytes of one part of a MIME package, transfer encoding undone. */
  readonly maxPartBytes: number;
  /** Bytes of the header of one such part. */
  readonly maxPartHeaderBytes: number;
  /** Documents of one contract. */
  readonly maxDocuments: number;
  /** Bytes of all documents of one contract together. */
  readonly maxContractBytes: number;
}

export const defaultLimits: Limits = {
  maxDepth: 256,
  maxBytes: 64 * 1024 * 1024,
  maxAttributes: 256,
  maxElements: 5_000_000,
  maxEncodedElements: 500_000,
  maxTextBytes: 32 * 1024 * 1024,
  maxParts: 1_000,
  maxPartBytes: 32 * 1024 * 1024,
  maxPartHeaderBytes: 16 * 1024,
  maxDocuments: 2_000,
  maxContractBytes: 256 * 1024 * 1024,
};
