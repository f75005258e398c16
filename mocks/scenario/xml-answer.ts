import { SOAP_ENVELOPE_NAMESPACE, type OperationCodec, type SoapVersion } from '../../wsdl/index.ts';
import type { SoapAnswer } from '../encode-answer.ts';

const ENVELOPE = /^\s*(?:<\?xml[^>]*\?>\s*)?<(?:[\w.-]+:)?Envelope[\s>]/;

/** The XML of an answer as an Envelope: what has none gets one around it. */
export function toEnvelope(soapVersion: SoapVersion, xml: string): string {
  if (ENVELOPE.test(xml)) return xml.trim();
  const namespace = SOAP_ENVELOPE_NAMESPACE[soapVersion];
  return `<soap:Envelope xmlns:soap="${namespace}"><soap:Body>${xml.trim()}</soap:Body></soap:Envelope>`;
}

/** XML that was written by hand, checked by the contract. @throws DecodeError if it is no answer of the operation. */
export function answerOfXml(codec: OperationCodec, xml: string): SoapAnswer {
  const { soapVersion } = codec;
  const body = toEnvelope(soapVersion, xml);
  const decoded = codec.output?.decode(Buffer.from(body));
  if (decoded?.kind !== 'fault') return { status: 200, soapVersion, body, outcome: 'output' };
  const isSender = soapVersion === '1.2' && decoded.fault.category === 'Sender';
  return { status: isSender ? 400 : 500, soapVersion, body, outcome: 'fault' };
}
