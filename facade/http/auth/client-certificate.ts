import { hash, X509Certificate } from 'node:crypto';
import type { BlockList, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ServerConfig } from '../../config/config.ts';
import { networkList } from '../../config/networks.ts';
import type { IdentifiedRequest } from './authenticate.ts';

/** SHA-256 of the certificate in DER that the sender of a request has proved, in base64url (RFC 8705, 3.1); undefined without one. */
export type CertificateOf = (request: IdentifiedRequest) => string | undefined;

/** RFC 9440, 2.1: one byte sequence (RFC 8941, 3.3.5), without parameters. Two fields would be joined by a comma. */
const BYTE_SEQUENCE = /^:([A-Za-z0-9+/]+={0,2}):$/;

/**
 * The certificate of the connection. What a TLS terminator says counts in its place, also if it says nothing: the certificate
 * of its own connection is not the client's. The header is not looked at if it comes from elsewhere.
 */
export function createCertificateOf({
  tls,
  tlsTerminators,
}: Pick<ServerConfig, 'tls' | 'tlsTerminators'>): CertificateOf {
  const terminators = networkList(tlsTerminators);
  const needsAuthority = tls?.clientCa !== undefined;
  const known = new WeakMap<Socket, Origin>();
  return ({ socket, headers }) => {
    let origin = known.get(socket);
    if (origin === undefined) known.set(socket, (origin = originOf(socket, terminators, needsAuthority)));
    return origin.isTerminator ? thumbprintOfField(headers['client-cert']) : origin.certificate;
  };
}

/** What stays the same for all requests of a connection. */
interface Origin {
  readonly isTerminator: boolean;
  readonly certificate?: string | undefined;
}

function originOf(socket: Socket, terminators: BlockList, needsAuthority: boolean): Origin {
  const { remoteAddress, remoteFamily } = socket;
  const family = remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4';
  if (remoteAddress !== undefined && terminators.check(remoteAddress, family)) return { isTerminator: true };
  if (!(socket instanceof TLSSocket) || (needsAuthority && !socket.authorized))
    return { isTerminator: false };
  const certificate = socket.getPeerX509Certificate();
  return { isTerminator: false, certificate: certificate && thumbprint(certificate.raw) };
}

function thumbprintOfField(field: string | string[] | undefined): string | undefined {
  const [, encoded] = (typeof field === 'string' && BYTE_SEQUENCE.exec(field.trim())) || [];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  return isCertificate(bytes) ? thumbprint(bytes) : undefined;
}

function isCertificate(bytes: Uint8Array): boolean {
  try {
    return new X509Certificate(bytes).raw.equals(bytes);
  } catch {
    return false;
  }
}

function thumbprint(der: Uint8Array): string {
  return hash('sha256', der, 'base64url');
}
