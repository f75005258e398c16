import type { BusEvent } from '../../connectors/index.ts';
import type { JsonValue, MessageCodec } from '../../wsdl/index.ts';

const START = '<soap:Body>';
const END = '</soap:Body>';
const ENVELOPE_NAMESPACES = /<soap:Envelope((?:\s+xmlns:[^=]+="[^"]*")*)/;
const SOAP_NAMESPACE = /\s+xmlns:soap="[^"]*"/;
/** The name of the element, and its prefix. */
const FIRST_TAG = /^<(?:([^\s:/>]+):)?[^\s:/>]+/;

/**
 * The element in the Body of a message as a document of its own: `value` has to fit the contract. The envelope is that of our
 * encoder, which declares all namespaces at its top. @throws ValueError
 */
export function toXmlDocument(
  codec: MessageCodec,
  value: JsonValue,
): Pick<BusEvent, 'data' | 'contentType' | 'dataSchema'> {
  const text = Buffer.from(codec.encode(value)).toString();
  const element = text.slice(text.indexOf(START) + START.length, text.lastIndexOf(END));
  const namespaces = (ENVELOPE_NAMESPACES.exec(text)?.[1] ?? '').replace(SOAP_NAMESPACE, '');
  const [tag = '', prefix] = FIRST_TAG.exec(element) ?? [];
  const schema = new RegExp(`xmlns:${prefix ?? ''}="([^"]*)"`).exec(namespaces)?.[1];
  return {
    data: Buffer.from(`${tag}${namespaces}${element.slice(tag.length)}`),
    contentType: 'application/xml',
    ...(schema !== undefined && URL.canParse(schema) && { dataSchema: schema }),
  };
}
