/** A SOAP request that came as a message of a broker. */
export interface MockMessage {
  readonly service: string;
  readonly port: string;
  readonly contentType?: string;
  /** Header fields of the transport, e.g. SOAPAction; other values than texts are passed over. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** The envelope, or a MIME package. */
  readonly body: Uint8Array;
}

/** What is to be sent to where the answer is wanted. */
export interface MockReply {
  readonly contentType: string;
  readonly body: Uint8Array;
  /** How often it is sent: 0 for no answer, 2 for the fault `duplicate`. */
  readonly copies: number;
  readonly delayMilliseconds: number;
}
