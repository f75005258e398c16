import type { Tally } from '../../metrics/tally.ts';
import type { IncomingMessage } from 'node:http';
import { ProblemError, type ProblemCode } from '../problem.ts';
import { verifyToken } from './access-token.ts';
import type { Caller } from './caller.ts';
import { challenges, type OfferedSchemes } from './challenge.ts';
import type { CertificateOf } from './client-certificate.ts';
import { hashOf, isRepeated, readCredentials, type Credentials } from './credentials.ts';
import type { ProofCheck } from './dpop/proof-check.ts';
import type { Issuer } from './issuers.ts';
import { LastTokens } from './last-tokens.ts';
import { TokenRefusal, type TokenError } from './token-refusal.ts';
import { isStillGood, VerifiedTokens, type VerifiedToken } from './verified-tokens.ts';

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** What of a request says who sends it. */
export type IdentifiedRequest = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'method' | 'url' | 'socket'>;

/**
 * The caller of a request. A promise only for a token or a proof that has to be checked. `head` takes header fields for the
 * answer: name, value, name, value. @throws ProblemError 401, or 503 if the issuer's keys cannot be fetched.
 */
export type Authenticate = (request: IdentifiedRequest, head: string[]) => Caller | Promise<Caller>;

export interface AuthenticateOptions {
  readonly issuers: ReadonlyMap<string, Issuer>;
  /** Of the longest token; one that long must not even be hashed. */
  readonly tokenBytes: number;
  readonly clock: Clock;
  readonly offered: OfferedSchemes;
  /** Given if an issuer binds tokens to keys. */
  readonly checkProof?: ProofCheck;
  /** Given if an issuer binds tokens to certificates. */
  readonly certificateOf?: CertificateOf;
  /** Counts what was verified before. */
  readonly tally?: Tally;
}

const problems: Readonly<Record<TokenError, ProblemCode>> = {
  invalid_token: 'token-invalid',
  invalid_dpop_proof: 'proof-invalid',
  use_dpop_nonce: 'proof-nonce-missing',
};

/** A token that was found good is remembered; what it is bound to is proved anew with each request. */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { clock, tally } = options;
  const last = new LastTokens();
  const authenticate = createFullAuthenticate(options, last);
  return (request, head) => {
    const known = last.find(request.socket, request.headers.authorization);
    if (known === undefined || !isStillGood(known, clock()) || isRepeated(request.rawHeaders))
      return authenticate(request, head);
    if (tally !== undefined) tally.tokenHits += 1;
    return known.caller;
  };
}

/** Tells `last` of tokens that are bound to nothing. */
function createFullAuthenticate(options: AuthenticateOptions, last: LastTokens): Authenticate {
  const { offered, clock } = options;
  const tokens = new VerifiedTokens(options.tally);
  return (request, head) => {
    const credentials = readCredentials(request, offered);
    const refuse = (error: unknown): never => {
      throw toProblemError(error, credentials, offered);
    };
    try {
      if (credentials.token.length > options.tokenBytes) throw new TokenRefusal('The token is too long.');
      const hash = hashOf(credentials.token);
      const prove = (verified: VerifiedToken): Caller | Promise<Caller> => {
        const caller = proveBindings(verified, { ...credentials, hash }, request, head, options);
        if (verified.confirmation === undefined)
          last.keep(request.socket, request.headers.authorization, verified);
        return caller;
      };
      const known = tokens.find(hash, clock());
      if (known === undefined)
        return verifyAndKeep(credentials.token, hash, tokens, options).then(prove).catch(refuse);
      const caller = prove(known);
      return caller instanceof Promise ? caller.catch(refuse) : caller;
    } catch (error) {
      return refuse(error);
    }
  };
}

/** @throws TokenRefusal, ProblemError 503 */
export async function verifyAndKeep(
  token: string,
  hash: string,
  tokens: VerifiedTokens,
  { issuers, clock }: Pick<AuthenticateOptions, 'issuers' | 'clock'>,
): Promise<VerifiedToken> {
  const verified = await verifyToken(token, issuers, clock());
  // Keys that changed meanwhile may not have been those that the token was checked by.
  if (verified.issuer.keysVersion() === verified.keysVersion) tokens.keep(hash, verified);
  return verified;
}

/** RFC 9449, 7.1 and 7.2: a bound token with its proof alone, and a proof with a bound token alone. RFC 8705, 3. */
function proveBindings(
  { caller, confirmation }: VerifiedToken,
  { scheme, hash }: Credentials & { readonly hash: string },
  request: IdentifiedRequest,
  head: string[],
  { checkProof, certificateOf }: AuthenticateOptions,
): Caller | Promise<Caller> {
  if (scheme !== caller.scheme)
    throw new TokenRefusal(
      scheme === 'Bearer'
        ? 'The token is bound to a key: send it by the scheme DPoP, with a proof.'
        : 'The token is not bound to a key: no proof can go with it.',
    );
  if (confirmation === undefined) return caller;
  const { jkt, certificate } = confirmation;
  if (certificate !== undefined) assertSame(certificate, certificateOf?.(request));
  if (jkt === undefined) return caller;
  // Only issuers for which there is a check have such tokens.
  return checkProof!(request, { jkt, tokenHash: hash }, head).then(() => caller);
}

function assertSame(bound: string, shown: string | undefined): void {
  if (shown === bound) return;
  throw new TokenRefusal(
    shown === undefined
      ? 'The token is bound to a certificate, and the connection has none: present it.'
      : 'The token is bound to another certificate than that of the connection.',
  );
}

function toProblemError(error: unknown, { scheme }: Credentials, offered: OfferedSchemes): unknown {
  if (!(error instanceof TokenRefusal)) return error;
  const { message } = error;
  const fault = { error: error.error, error_description: message };
  return new ProblemError(
    problems[error.error],
    { detail: message },
    { ...challenges(offered, scheme, fault), ...error.headers },
    { cause: error.cause },
  );
}
