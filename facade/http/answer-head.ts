import type { IncomingMessage } from 'node:http';
import type { ServerConfig } from '../config/config.ts';
import type { Cors } from './cors.ts';
import { securityHead } from './security-headers.ts';

/** The header fields that the answer to a request has whatever it says: name, value, name, value. The same array for equal ones. */
export type AnswerHead = (request: IncomingMessage) => readonly string[];

/** A year (RFC 6797, 6.1.1). */
const HSTS_SECONDS = 31_536_000;

export function createAnswerHead(server: ServerConfig, cors: Cors | undefined): AnswerHead {
  const fixed = [...securityHead, ...transportHead(server), ...varyHead(server)];
  if (cors === undefined) return () => fixed;
  const heads = new Map<readonly string[], readonly string[]>();
  return ({ headers }) => {
    const ofOrigin = cors.headOf(headers.origin);
    const head = heads.get(ofOrigin) ?? [...fixed, ...ofOrigin];
    heads.set(ofOrigin, head);
    return head;
  };
}

/** RFC 6797, 7.2: only what is reached by TLS may say so. */
function transportHead({ tls, hstsSeconds = tls ? HSTS_SECONDS : 0 }: ServerConfig): readonly string[] {
  return hstsSeconds > 0 ? ['Strict-Transport-Security', `max-age=${hstsSeconds}`] : [];
}

/** What answers depend on besides their address (RFC 9110, 12.5.5). */
function varyHead({ compression, cors }: ServerConfig): readonly string[] {
  const fields = [
    ...(compression.codings.length > 0 ? ['Accept-Encoding'] : []),
    ...(cors !== undefined && !cors.origins.includes('*') ? ['Origin'] : []),
  ];
  return fields.length > 0 ? ['Vary', fields.join(', ')] : [];
}
