import { SOAP12_ENCODING_NAMESPACE, SOAP_ENCODING_NAMESPACE } from '../../builtin-types.ts';
import { SOAP_ENVELOPE_NAMESPACE, XSD_NAMESPACE, XSI_NAMESPACE, type SoapVersion } from '../../qname.ts';
import type { Prefixes } from './prefixes.ts';

/** XML around the header blocks and the body. */
export interface Envelope {
  readonly opening: string;
  readonly closing: string;
}

/** SOAP 1.1, 4; SOAP 1.2 Part 1, 5. Every prefix that the contract alone decides is declared here, once. */
export function envelopeOf(
  soapVersion: SoapVersion,
  prefixes: Prefixes,
  namespaces: ReadonlySet<string>,
): Envelope {
  const declarations = prefixes.declarations(namespaces);
  const soap = SOAP_ENVELOPE_NAMESPACE[soapVersion];
  return {
    opening: `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${soap}"${declarations}>`,
    closing: '</soap:Envelope>',
  };
}

/** For use="encoded": every accessor says its type. */
export const ENCODED_NAMESPACES: readonly string[] = [XSI_NAMESPACE, XSD_NAMESPACE];
/** SOAP encoding of each version: the value of encodingStyle, and the namespace of its attributes and types. */
export const ENCODING_NAMESPACE: Readonly<Record<SoapVersion, string>> = {
  '1.1': SOAP_ENCODING_NAMESPACE,
  '1.2': SOAP12_ENCODING_NAMESPACE,
};
