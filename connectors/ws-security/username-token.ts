import { createHash, randomBytes } from 'node:crypto';
import type { HeaderBlock } from './header-block.ts';
import { BASE64_BINARY, PASSWORD_DIGEST, PASSWORD_TEXT, WSSE, WSU } from './namespaces.ts';
import { canonicalText } from './xml-text.ts';

export interface UsernameOptions {
  readonly username: string;
  readonly password: string;
  /** How the password goes: as it is, or as a digest with a nonce. */
  readonly passwordType: 'text' | 'digest';
  /** Nonce and creation time beside a password that goes as it is; a digest always has them. */
  readonly hasNonce: boolean;
}

const NONCE_BYTES = 16;

/** UsernameToken Profile 1.1.1, 3.1. `created` is an xs:dateTime in UTC. */
export function usernameToken(options: UsernameOptions, id: string, created: string): HeaderBlock {
  const { username, password, passwordType, hasNonce } = options;
  const isDigest = passwordType === 'digest';
  const nonce = randomBytes(NONCE_BYTES);
  const sent = isDigest ? passwordDigest(nonce, created, password) : password;
  const fresh =
    `<wsse:Nonce EncodingType="${BASE64_BINARY}">${nonce.toString('base64')}</wsse:Nonce>` +
    `<wsu:Created>${created}</wsu:Created>`;
  const xml =
    `<wsse:UsernameToken xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" wsu:Id="${id}">` +
    `<wsse:Username>${canonicalText(username)}</wsse:Username>` +
    `<wsse:Password Type="${isDigest ? PASSWORD_DIGEST : PASSWORD_TEXT}">${canonicalText(sent)}</wsse:Password>` +
    `${isDigest || hasNonce ? fresh : ''}</wsse:UsernameToken>`;
  return { part: 'UsernameToken', id, xml };
}

/** Base64 ( SHA-1 ( nonce + created + password ) ); the profile knows no other hash. */
function passwordDigest(nonce: Buffer, created: string, password: string): string {
  return createHash('sha1').update(nonce).update(created).update(password).digest('base64');
}
