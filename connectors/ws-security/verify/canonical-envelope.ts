import { SOAP_ENVELOPE_NAMESPACE, type SoapVersion } from '../../../wsdl/index.ts';
import { canonicalInclusive, withDocument } from '../canonicalise.ts';
import { declarationsOf, elementEnd, standalone, tagEnd } from '../scan-xml.ts';
import { refuse } from './verification-error.ts';

/**
 * An answer taken apart: Header and Body, each a document of its own in canonical form with all namespaces in scope. What
 * is checked is read from these bytes, and what is decoded is made of them.
 */
export interface CanonicalEnvelope {
  readonly soapVersion: SoapVersion;
  readonly header: Buffer | undefined;
  readonly body: Buffer;
}

/** A header is read several times over. */
const MOST_HEADER_BYTES = 256 * 1024;

const MOST_PROLOG_BYTES = 64 * 1024;

/** BOM, XML declaration, comments, and then an element: no DTD, and in UTF-8 or what extends ASCII. */
const PROLOG = /^(?:\xef\xbb\xbf)?(?:<\?xml\s[^>]*\?>)?(?:\s|<!--(?:[^-]|-[^-])*-->)*<[A-Za-z_\x80-\xff]/;

/** @throws VerificationError if it is no SOAP envelope, XmlParseError if it is no XML. */
export function readCanonicalEnvelope(answer: Uint8Array): CanonicalEnvelope {
  if (!PROLOG.test(Buffer.from(answer.subarray(0, MOST_PROLOG_BYTES)).toString('latin1')))
    refuse('the answer has a DTD, an unknown encoding, or is no XML');
  const xml = withDocument(answer, canonicalInclusive);
  if (xml.includes('<?')) refuse('the answer has a processing instruction, which SOAP forbids');
  const opened = tagEnd(xml, 0);
  const envelopeTag = xml.toString('utf8', 0, opened);
  const inherited = declarationsOf(envelopeTag);
  const soapVersion = versionOf(envelopeTag);
  const children = childrenOf(xml, opened).map((child) => standalone(child, inherited));
  const body = children.pop();
  const header = children.pop();
  if (body === undefined || children.length > 0 || !isPart(body, 'Body', soapVersion))
    return refuse('the Envelope does not end with its only Body');
  if (header !== undefined && !isPart(header, 'Header', soapVersion))
    refuse('the Envelope has no Header before its Body');
  if ((header?.length ?? 0) > MOST_HEADER_BYTES) refuse('the Header of the answer is too large');
  return { soapVersion, header, body };
}

function childrenOf(xml: Buffer, from: number): Buffer[] {
  const children: Buffer[] = [];
  for (let at = from; ;) {
    const next = xml.indexOf('<', at);
    if (xml.toString('utf8', at, next).trim() !== '') refuse('the Envelope has text');
    if (xml[next + 1] === SLASH) return children;
    const end = elementEnd(xml, next);
    children.push(xml.subarray(next, end));
    at = end;
  }
}

const SLASH = 0x2f;

function versionOf(envelopeTag: string): SoapVersion {
  const versions = Object.keys(SOAP_ENVELOPE_NAMESPACE) as SoapVersion[];
  const found = versions.find((version) => isNamed(envelopeTag, 'Envelope', version));
  return found ?? refuse('the answer is no SOAP Envelope');
}

/** A standalone element declares all that is in scope. */
function isPart(element: Buffer, local: string, version: SoapVersion): boolean {
  return isNamed(element.toString('utf8', 0, tagEnd(element, 0)), local, version);
}

function isNamed(startTag: string, local: string, version: SoapVersion): boolean {
  const [, prefix, name] = /^<(?:([^\s/>:]+):)?([^\s/>:]+)/.exec(startTag) ?? [];
  const declared = declarationsOf(startTag).get(prefix === undefined ? 'xmlns' : `xmlns:${prefix}`);
  return name === local && declared === `"${SOAP_ENVELOPE_NAMESPACE[version]}"`;
}
