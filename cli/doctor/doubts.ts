import {
  qnameKey,
  type Contract,
  type Diagnostic,
  type DiagnosticCode,
  type ElementParticle,
  type SourceDocument,
} from '../../wsdl/index.ts';
import type { Subject } from '../../judge/index.ts';

/**
 * Why the contract itself leaves open what a valid message is, so that another engine would judge by a contract of its own. Such
 * messages pass every other check all the same.
 */
export class Doubts {
  readonly #contract: Contract;
  readonly #general: string | undefined;

  constructor(contract: Contract, documents: readonly SourceDocument[], diagnostics: readonly Diagnostic[]) {
    this.#contract = contract;
    this.#general = doubtOfNames(diagnostics) ?? doubtOfSchemas(documents);
  }

  /** @param refusal of the schemas by libxml2. @returns undefined if there is none. */
  of({ message, fault }: Subject, refusal: string | undefined): string | undefined {
    if (this.#general !== undefined) return this.#general;
    if (refusal?.includes('not determinist')) return 'a content model is ambiguous (XSD 1.0 Part 1, 3.8.6)';
    if (fault) return this.#undeclared([fault.detail]);
    if (!message) return undefined;
    const { body, headers, attachments } = message;
    if (attachments) return 'parts of the message travel beside the envelope';
    return this.#undeclared(headers) ?? this.#doubtOfParts(body.kind, body.members);
  }

  #doubtOfParts(kind: string, members: readonly ElementParticle[]): string | undefined {
    const names = new Set(members.map(({ name: { namespace, local } }) => qnameKey(namespace, local)));
    if (names.size < members.length) return 'the message has two parts of one name';
    if (kind === 'content') return undefined;
    const isElement = (member: ElementParticle): boolean =>
      member.name.namespace !== '' || this.#isDeclared(member);
    if (kind === 'rpc' && members.some((member) => member.name.namespace !== ''))
      return 'a part of an rpc style message names an element (WS-I BP 1.1, R2203)';
    if (kind === 'elements' && !members.every(isElement))
      return 'one of several parts of a document style message names a type (WSDL 1.1, 3.5)';
    return kind === 'elements' ? this.#undeclared(members) : undefined;
  }

  #undeclared(elements: readonly ElementParticle[]): string | undefined {
    const missing = elements.find((element) => !this.#isDeclared(element));
    return missing && `the element "${missing.name.local}" is declared nowhere`;
  }

  #isDeclared({ name: { namespace, local } }: ElementParticle): boolean {
    return Object.hasOwn(this.#contract.elements, qnameKey(namespace, local));
  }
}

/** Names of the WSDL that lead nowhere as they are written; what they are taken for is our choice. */
const GUESSED: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'XML_UNBOUND_PREFIX',
  'WSDL_MISSING_ATTRIBUTE',
  'WSDL_UNKNOWN_MESSAGE',
  'WSDL_UNKNOWN_PORT_TYPE',
  'WSDL_UNKNOWN_BINDING',
]);

function doubtOfNames(diagnostics: readonly Diagnostic[]): string | undefined {
  const guess = diagnostics.find(({ code, lenient }) => lenient !== undefined && GUESSED.has(code));
  return guess && `a name had to be guessed: ${guess.message}`;
}

const DRAFT = /["']http:\/\/www\.w3\.org\/(1999|2000\/\d\d)\/XMLSchema["']/;

function doubtOfSchemas(documents: readonly SourceDocument[]): string | undefined {
  const isDraft = documents.some(({ bytes }) => DRAFT.test(Buffer.from(bytes).toString('latin1')));
  return isDraft ? 'its schema is written by a draft of XML Schema' : undefined;
}
