import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ProblemError } from '../problem.ts';
import { challenges, type OfferedSchemes, type Scheme } from './challenge.ts';

/** A token as it was presented, not yet looked at. */
export interface Credentials {
  readonly scheme: Scheme;
  readonly token: string;
}

const AUTHORIZATION = 'authorization';

/**
 * RFC 6750, 2.1; RFC 9449, 7.1. The scheme's name is case-insensitive (RFC 9110, 11.1).
 * @throws ProblemError 401 without a token of an offered scheme; 400 with two, of which Node would show the first alone and
 * another reader perhaps the second.
 */
export function readCredentials(
  { headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
  offered: OfferedSchemes,
): Credentials {
  const { authorization = '' } = headers;
  if (isRepeated(rawHeaders))
    throw new ProblemError(
      'malformed-request',
      { detail: 'The request has more than one header Authorization. Send one.' },
      challenges(offered),
    );
  const end = authorization.indexOf(' ');
  const name = authorization.slice(0, end).toLowerCase();
  const token = authorization.slice(end + 1).trim();
  // Where every token has to be bound, one that is not gets to know that.
  if (name === 'bearer') return { scheme: 'Bearer', token };
  if (name === 'dpop' && offered.has('DPoP')) return { scheme: 'DPoP', token };
  throw new ProblemError('token-missing', {}, challenges(offered));
}

/** SHA-256 in base64url: what `ath` of a proof must say (RFC 9449, 4.2), and the name of a token that must not be kept itself. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Whether there are two header fields Authorization. */
export function isRepeated(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === AUTHORIZATION.length && name.toLowerCase() === AUTHORIZATION) count += 1;
  }
  return count > 1;
}
