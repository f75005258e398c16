import type { SoapRequest } from '../connector.ts';

/**
 * SOAP 1.1, 6.1: the action in its own header, quoted. SOAP 1.2 Part 2, 6.5.3 and RFC 3902: the action is a parameter
 * of the media type.
 */
export function requestHeaders({ soapVersion, action, headers }: SoapRequest): Record<string, string> {
  const common = { ...headers, 'accept-encoding': 'gzip' };
  const quoted = `"${escapedAction(action)}"`;
  if (soapVersion === '1.1') {
    return { ...common, 'content-type': 'text/xml; charset=utf-8', soapaction: quoted, accept: 'text/xml' };
  }
  const parameter = action === '' ? '' : `; action=${quoted}`;
  return {
    ...common,
    'content-type': `application/soap+xml; charset=utf-8${parameter}`,
    accept: 'application/soap+xml',
  };
}

/** An action comes from a WSDL: nothing in it may end the quotes or the header. */
function escapedAction(action: string): string {
  return action.toWellFormed().replace(/[^\x20-\x7e]|["\\]/gu, encodeURIComponent);
}
