/** An expanded name: namespace URI (empty for none) and local name (Namespaces in XML 1.0, 2.1). */
export interface QName {
  readonly namespace: string;
  readonly local: string;
}

/** A QName in Clark notation, `{namespace}local`; what types and elements of a Contract are keyed by. */
export type QNameKey = string;

export function qnameKey(namespace: string, local: string): QNameKey {
  return `{${namespace}}${local}`;
}

export function parseQNameKey(key: QNameKey): QName {
  const end = key.lastIndexOf('}');
  return { namespace: key.slice(1, end), local: key.slice(end + 1) };
}

export const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';
export const SOAP_ENVELOPE_NAMESPACE = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

export type SoapVersion = keyof typeof SOAP_ENVELOPE_NAMESPACE;
