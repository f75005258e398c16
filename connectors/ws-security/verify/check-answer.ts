import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { SOAP_ENVELOPE_NAMESPACE } from '../../../wsdl/index.ts';
import { isAddressing, relatesToOf } from '../../ws-addressing/relates-to.ts';
import { withDocument } from '../canonicalise.ts';
import { WSSE, WSU } from '../namespaces.ts';
import { readCanonicalEnvelope, type CanonicalEnvelope } from './canonical-envelope.ts';
import { canonicalDocument, canonicalElement, transformOf } from './canonicalisation.ts';
import { assertDigest, checkSignature, type SignedReference } from './check-signature.ts';
import { checkTimestamp } from './check-timestamp.ts';
import { childElements, childrenNamed, identifiedBy, is, onlyChild } from './element.ts';
import { refuse } from './verification-error.ts';
import type { VerifyOptions } from './verify-options.ts';

/** What an answer is held to. */
export interface AnswerChecks {
  readonly verify?: VerifyOptions;
  /** MessageID of the request, where the answer must name it. */
  readonly relatesTo?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * @returns the answer to decode. With a signature it is made of what was signed and nothing else: the Body, and those header
 * blocks that are signed, without the ones of WS-Security and WS-Addressing, which are dealt with here.
 * @throws VerificationError, XmlParseError
 */
export function checkAnswer(answer: Uint8Array, { verify, relatesTo, now }: AnswerChecks): Uint8Array {
  const envelope = readCanonicalEnvelope(answer);
  if (envelope.header === undefined) return refuse('the answer has no Header, so it is not signed');
  return withDocument(envelope.header, (header) => {
    const blocks = childElements(header.root);
    const signed = verify && signedBlocks(envelope, header, verify, now);
    if (relatesTo !== undefined && relatesToOf(signed ?? blocks) !== relatesTo)
      refuse('the answer does not name the request as the message that it answers');
    return signed === undefined ? answer : rebuilt(envelope, signed);
  });
}

/** The header blocks that are signed. @throws VerificationError if anything is wrong with the signature. */
function signedBlocks(
  { body }: CanonicalEnvelope,
  { root: header }: XmlDocument,
  options: VerifyOptions,
  now: number,
): XmlElement[] {
  const security = onlyChild(header, WSSE, 'Security');
  const references = checkSignature(security, options, now);
  const covered = withDocument(body, (document) =>
    coveredBy(references, { header, security, body: document }),
  );
  const [timestamp, second] = childrenNamed(security, WSU, 'Timestamp');
  if (second !== undefined) refuse('the answer has several Timestamps');
  if (timestamp !== undefined) checkTimestamp(timestamp, options, now);
  const isCovered = (element: XmlElement): boolean => covered.some((one) => one.isSameNode(element));
  if (options.require.includes('Timestamp') && !(timestamp && isCovered(timestamp)))
    refuse('the answer has no signed Timestamp');
  const blocks = childElements(header);
  const addressing = blocks.filter(isAddressing);
  if (options.require.includes('Addressing') && !(addressing.length > 0 && addressing.every(isCovered)))
    refuse('the WS-Addressing headers of the answer are not signed');
  return blocks.filter(isCovered);
}

/** The whole message as it is checked: Body and Header are documents of their own. */
interface Places {
  readonly header: XmlElement;
  readonly security: XmlElement;
  readonly body: XmlDocument;
}

/**
 * The elements that the references cover, the Body among them.
 * @throws VerificationError if a digest is wrong, or if none covers the Body.
 */
function coveredBy(references: readonly SignedReference[], places: Places): XmlElement[] {
  const covered = references.map((reference) => {
    const target = targetOf(reference.id, places);
    const form = transformOf(reference.transforms, target);
    const isBody = target.isSameNode(places.body.root);
    assertDigest(reference, isBody ? canonicalDocument(places.body, form) : canonicalElement(target, form));
    return { target, isBody };
  });
  if (!covered.some(({ isBody }) => isBody)) refuse('the signature does not cover the Body');
  return covered.filter(({ isBody }) => !isBody).map(({ target }) => target);
}

/**
 * The element of a reference. It must be what it is by its place, not by its name: the Body, a header block, or a token of the
 * Security header; and the only one with its identifier in the whole message.
 */
function targetOf(id: string, { header, security, body }: Places): XmlElement {
  const [target, second] = [...identifiedBy(header, id), ...identifiedBy(body.root, id)];
  if (target === undefined) return refuse('a reference names an element that is not there');
  if (second !== undefined) return refuse('an identifier of a signed element stands twice');
  const isInPlace = target.isSameNode(body.root) || isChildOf(target, header) || isChildOf(target, security);
  return isInPlace ? target : refuse('a reference covers an element that is not in its place');
}

function isChildOf({ parent }: XmlElement, element: XmlElement): boolean {
  return parent?.isSameNode(element) === true;
}

/** The blocks have no say in what is decoded unless the contract declares them. */
function rebuilt({ soapVersion, body }: CanonicalEnvelope, signed: readonly XmlElement[]): Buffer {
  const blocks = signed.filter((block) => !is(block, WSSE, 'Security') && !isAddressing(block));
  const header = blocks.map((block) => block.canonicalizeToString()).join('');
  return Buffer.concat([
    Buffer.from(`<e:Envelope xmlns:e="${SOAP_ENVELOPE_NAMESPACE[soapVersion]}">`),
    Buffer.from(header === '' ? '' : `<e:Header>${header}</e:Header>`),
    body,
    Buffer.from('</e:Envelope>'),
  ]);
}
