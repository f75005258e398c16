import type { SoapVersion } from '../../wsdl/index.ts';
import type { SoapRequest } from '../connector.ts';

/** The header fields of a request: name, value, name, value. */
export type RequestHeaders = (
  request: Pick<SoapRequest, 'soapVersion' | 'action' | 'headers'>,
  /** Content-Type of a MIME package, in place of the envelope's own. */
  packageType?: string,
) => string[];

/** Far more actions than a service has; beyond them nothing more is remembered. */
const MOST_ACTIONS = 10_000;

/** Makes the part that depends on the action alone once for each. */
export function createRequestHeaders(authorization?: string): RequestHeaders {
  const credentials = authorization === undefined ? [] : ['authorization', authorization];
  const known: Readonly<Record<SoapVersion, Map<string, readonly string[]>>> = {
    '1.1': new Map(),
    '1.2': new Map(),
  };
  return ({ soapVersion, action, headers }, packageType) => {
    const byAction = known[soapVersion];
    const own = byAction.get(action) ?? [...ownHeaders(soapVersion, action), ...credentials];
    if (byAction.size < MOST_ACTIONS) byAction.set(action, own);
    const all = packageType === undefined ? own.slice() : packageHeaders(own, packageType);
    for (const name in headers) if (!own.includes(name)) all.push(name, headers[name]!);
    return all;
  };
}

/** Who sends attachments can take them, too. */
function packageHeaders(own: readonly string[], type: string): string[] {
  return own.map((value, index) => {
    if (own[index - 1] === 'content-type') return type;
    return own[index - 1] === 'accept' ? `multipart/related, ${value}` : value;
  });
}

/**
 * SOAP 1.1, 6.1: the action in its own header, quoted. SOAP 1.2 Part 2, 6.5.3 and RFC 3902: the action is a parameter
 * of the media type.
 */
function ownHeaders(soapVersion: SoapVersion, action: string): readonly string[] {
  const quoted = `"${escapedAction(action)}"`;
  if (soapVersion === '1.1')
    return [
      'content-type',
      'text/xml; charset=utf-8',
      'soapaction',
      quoted,
      'accept',
      'text/xml',
      'accept-encoding',
      'gzip',
    ];
  const parameter = action === '' ? '' : `; action=${quoted}`;
  return [
    'content-type',
    `application/soap+xml; charset=utf-8${parameter}`,
    'accept',
    'application/soap+xml',
    'accept-encoding',
    'gzip',
  ];
}

/** An action comes from a WSDL: nothing in it may end the quotes or the header. */
function escapedAction(action: string): string {
  return action.toWellFormed().replace(/[^\x20-\x7e]|["\\]/gu, encodeURIComponent);
}
