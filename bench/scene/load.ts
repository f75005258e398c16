/** One kind of request, with all that any contender needs to answer it. */
export interface Load {
  readonly name: string;
  readonly title: string;
  /** WSDL operation and its SOAPAction. */
  readonly operation: string;
  readonly action: string;
  readonly method: 'GET' | 'POST';
  /** Requested in turn. */
  readonly paths: readonly string[];
  readonly body?: string;
  /** What a contender that translates nothing sends to the back end. */
  readonly envelope: string;
  /** The input as node-soap wants it. */
  readonly soapInput: Readonly<Record<string, unknown>>;
  /** What the back end answers, ready bytes. */
  readonly reply: string;
  readonly connections: readonly number[];
  /** Whose CPU per request is 1. */
  readonly reference: 'pass-through' | 'node-hello' | 'portico';
  readonly contenders: readonly string[];
}
