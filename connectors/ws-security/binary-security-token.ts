import type { X509Certificate } from 'node:crypto';
import type { HeaderBlock } from './header-block.ts';
import { BASE64_BINARY, WSSE, WSU, X509_V3 } from './namespaces.ts';

/** The certificate that goes with a signature (X.509 Certificate Token Profile 1.1.1, 3.1). */
export function binarySecurityToken({ raw }: X509Certificate, id: string): HeaderBlock {
  const xml =
    `<wsse:BinarySecurityToken xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" EncodingType="${BASE64_BINARY}" ` +
    `ValueType="${X509_V3}" wsu:Id="${id}">${raw.toString('base64')}</wsse:BinarySecurityToken>`;
  return { part: 'BinarySecurityToken', id, xml };
}
