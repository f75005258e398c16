import type { SoapRequest } from '../connector.ts';
import { addressingHeaders, type AddressingVersion } from '../ws-addressing/addressing-headers.ts';
import { binarySecurityToken } from './binary-security-token.ts';
import type { HeaderBlock } from './header-block.ts';
import { WSSE } from './namespaces.ts';
import { OwnEnvelope } from './own-envelope.ts';
import { signatureOf, type SignatureOptions, type SignedElement } from './signature.ts';
import { timestamp, toDateTime } from './timestamp.ts';
import { usernameToken, type UsernameOptions } from './username-token.ts';
import { canonicalAttribute } from './xml-text.ts';

/** The header wsse:Security of requests (SOAP Message Security 1.1.1, 5). */
export interface SecurityHeaderOptions {
  readonly username?: UsernameOptions;
  /** Seconds from Created to Expires; missing: no wsu:Timestamp. */
  readonly timestampSeconds?: number;
  readonly signature?: SignatureOptions;
  readonly mustUnderstand: boolean;
  /** SOAP 1.1 actor or SOAP 1.2 role that the header is for. */
  readonly actor?: string;
}

export interface AddressingOptions {
  readonly version: AddressingVersion;
  readonly to: string;
}

/** What goes into the header of each request; `canonicalBody` is needed for a signature. */
export interface MessageHeaderOptions {
  readonly security?: SecurityHeaderOptions;
  readonly addressing?: AddressingOptions;
}

/** What makes one message differ from the next. */
export interface Freshness {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A UUID that was never used. */
  readonly uuid: () => string;
}

export interface SecuredMessage {
  readonly envelope: Uint8Array;
  /** Of WS-Addressing, where that is on. */
  readonly messageId?: string;
}

type Canonicalise = (document: Uint8Array) => Uint8Array;

/** The request with its header blocks put in; no byte of the payload changes. */
export function secureMessage(
  request: SoapRequest,
  { security, addressing }: MessageHeaderOptions,
  { now, uuid }: Freshness,
  canonicalise: Canonicalise,
): SecuredMessage {
  const unique = uuid();
  let count = 0;
  // NCNames (an xs:ID may not begin with a digit) that no payload can have guessed.
  const nextId = (): string => `id${(count += 1)}-${unique}`;
  const messageId = `urn:uuid:${unique}`;
  const action = request.wsaAction ?? request.action;
  const address = addressing && addressingHeaders({ ...addressing, action, messageId }, nextId);
  const message = new OwnEnvelope(request.envelope);
  const blocks = (address ?? []).map(({ xml }) => xml).join('');
  const identity = { ...(address && { messageId }) };
  if (security === undefined) return { envelope: message.withBlocks(blocks), ...identity };
  const tokens = tokensOf(security, now(), nextId);
  const bodyId = security.signature?.parts.includes('Body') === true ? nextId() : undefined;
  const body = bodyId === undefined ? [] : [signedBody(message, bodyId, canonicalise)];
  const header = securityHeader(security, request, tokens, [...body, ...signed(security, address, tokens)]);
  return { envelope: message.withBlocks(blocks + header, bodyId), ...identity };
}

function tokensOf(
  { username, timestampSeconds, signature }: SecurityHeaderOptions,
  now: number,
  nextId: () => string,
): HeaderBlock[] {
  return [
    ...(timestampSeconds === undefined ? [] : [timestamp(nextId(), now, now + timestampSeconds * 1000)]),
    ...(username ? [usernameToken(username, nextId(), toDateTime(now))] : []),
    ...(signature?.keyReference === 'token' ? [binarySecurityToken(signature.certificate, nextId())] : []),
  ];
}

function signedBody(message: OwnEnvelope, id: string, canonicalise: Canonicalise): SignedElement {
  return { id, canonical: canonicalise(message.standaloneBody(id)) };
}

function signed(
  { signature }: SecurityHeaderOptions,
  address: readonly HeaderBlock[] = [],
  tokens: readonly HeaderBlock[],
): SignedElement[] {
  return [...address, ...tokens]
    .filter(({ part }) => signature?.parts.includes(part))
    .map(({ id, xml }) => ({ id, canonical: xml }));
}

/** The signature comes last, so that whoever reads in one go knows its tokens by then. */
function securityHeader(
  { mustUnderstand, actor, signature }: SecurityHeaderOptions,
  { soapVersion }: SoapRequest,
  tokens: readonly HeaderBlock[],
  elements: readonly SignedElement[],
): string {
  const role = soapVersion === '1.1' ? 'actor' : 'role';
  const attributes =
    (mustUnderstand ? ' soap:mustUnderstand="1"' : '') +
    (actor === undefined ? '' : ` soap:${role}="${canonicalAttribute(actor)}"`);
  const tokenId = tokens.find(({ part }) => part === 'BinarySecurityToken')?.id ?? '';
  const content = tokens.map(({ xml }) => xml).join('');
  const proof = signature === undefined ? '' : signatureOf(elements, signature, tokenId);
  return `<wsse:Security xmlns:wsse="${WSSE}"${attributes}>${content}${proof}</wsse:Security>`;
}
