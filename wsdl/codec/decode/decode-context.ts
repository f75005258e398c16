import { SOAP12_ENCODING_NAMESPACE, SOAP_ENCODING_NAMESPACE } from '../../builtin-types.ts';
import type { Limits } from '../../limits.ts';
import type { XmlContext } from '../../xml/xml-handler.ts';
import { DecodeError } from '../codec.ts';
import type { DecodeErrorCode } from '../codec.ts';
import { ReceivedAttachments, type ReceivedContent } from '../attachments/received-attachments.ts';
import type { ResolvePrefix, SimpleCodec } from '../simple/simple-codec.ts';
import type { ContractTypes } from './contract-types.ts';
import type { CompiledPlan } from './message-plan.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** What the parts of a decoder share while they read one message. */
export class DecodeContext {
  readonly types: ContractTypes;
  /** Set before anything is read: the reader that gives it takes a handler that needs this context. */
  xml!: XmlContext;
  /** `use="encoded"`: the encoding's own attributes and the redundant xsi:type are passed over (SOAP 1.1, 5). */
  readonly encoded: boolean;
  readonly resolvePrefix: ResolvePrefix;
  readonly #envelopeNamespace: string | undefined;

  readonly limits: Limits;
  readonly attachments: ReceivedAttachments;
  /** Namespaces of header blocks that are understood without being declared. */
  readonly understood: ReadonlySet<string>;

  constructor(
    { types, encoded, envelopeNamespace }: Pick<CompiledPlan, 'types' | 'encoded'> & Partial<CompiledPlan>,
    limits: Limits,
    attachments: ReceivedAttachments = new ReceivedAttachments([], false),
    understood: ReadonlySet<string> = NOTHING,
  ) {
    this.understood = understood;
    this.limits = limits;
    this.attachments = attachments;
    this.types = types;
    this.encoded = encoded;
    this.resolvePrefix = (prefix) => this.xml.scope.lookup(prefix);
    this.#envelopeNamespace = envelopeNamespace;
  }

  /** @throws DecodeError at the element that is open. */
  fail(code: DecodeErrorCode, message: string): never {
    throw new DecodeError(code, this.xml.path(), message);
  }

  /** @throws DecodeError at the element around the one that is open. */
  failAround(code: DecodeErrorCode, message: string): never {
    const path = this.xml.path();
    throw new DecodeError(code, path.slice(0, path.lastIndexOf('/')), message);
  }

  /** What a `cid:` URL in the element that is open refers to. @throws DecodeError */
  contentAt(url: string): ReceivedContent {
    return this.attachments.at(url, (code, message) => this.fail(code, message));
  }

  /** JSON text of a value of a simple type. @throws DecodeError; `about` stands before what is wrong. */
  translate(codec: SimpleCodec, text: string, about: string = ''): string {
    if (codec.binary === 'swaRef') return this.contentAt(text).json;
    const json = codec.fromXml(text, this.resolvePrefix);
    return typeof json === 'string' ? json : this.fail('invalid-value', about + json.message);
  }

  /** SOAP's own attributes may stand on any element (SOAP 1.1, 4.1.1 and 4.2): they are not the contract's. */
  isIgnored(namespace: string, local: string): boolean {
    if (namespace === this.#envelopeNamespace) return true;
    if (!this.encoded) return false;
    if (namespace === '') return local === 'id';
    return namespace === SOAP_ENCODING_NAMESPACE || namespace === SOAP12_ENCODING_NAMESPACE;
  }
}
