import type { IncomingMessage } from 'node:http';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Principal } from '../../operations/principal.ts';
import { ProblemError } from '../problem.ts';
import { toCaller, type Caller } from './caller.ts';
import { challenge } from './challenge.ts';
import type { Issuer } from './issuers.ts';
import { parseToken, TokenFormError, type UnverifiedToken } from './token-form.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const SCHEME = 'bearer ';

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** jose's codes for what is wrong with the token itself. Any other error means that the keys could not be had. */
const tokenFaults: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'The token has expired.',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'A claim of the token is missing or not as it must be.',
  ERR_JWT_INVALID: 'The token is not a JWT.',
  ERR_JWS_INVALID: 'The token is not a signed JWT.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'The signature of the token is wrong.',
  ERR_JOSE_ALG_NOT_ALLOWED: 'The algorithm of the token is not accepted.',
  ERR_JOSE_NOT_SUPPORTED: 'The token uses something that is not supported.',
  ERR_JWKS_NO_MATCHING_KEY: 'The key of the token is not known.',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'The token does not say by which key it is signed.',
};

/** The caller of a request. A promise only for a token that has to be checked. @throws ProblemError 401, or 503 if the issuer's keys cannot be fetched. */
export type Authenticate = (request: Pick<IncomingMessage, 'headers'>) => Caller | Promise<Caller>;

/** @param tokenBytes of the longest token; one that long must not even be hashed. */
export function createAuthenticate(
  issuers: ReadonlyMap<string, Issuer>,
  tokenBytes: number,
  clock: Clock,
): Authenticate {
  const verified = new VerifiedTokens();
  return (request) => {
    const token = bearerToken(request.headers.authorization);
    if (token.length > tokenBytes) throw invalidToken('The token is too long.');
    return verified.find(token, clock()) ?? verify(token, issuers, clock, verified);
  };
}

async function verify(
  token: string,
  issuers: ReadonlyMap<string, Issuer>,
  clock: Clock,
  verified: VerifiedTokens,
): Promise<Caller> {
  try {
    const unverified = parseToken(token);
    const { iss } = unverified.payload;
    const issuer = typeof iss === 'string' ? issuers.get(iss) : undefined;
    if (issuer === undefined) throw invalidToken('The issuer of the token is not accepted here.');
    assertType(issuer, unverified);
    const keysVersion = issuer.keysVersion();
    const payload = await verifyClaims(token, issuer, clock());
    const caller = toCaller(toPrincipal(issuer, payload));
    const expiresAt = expiryOf(payload, issuer);
    // Keys that changed meanwhile may not have been those that the token was checked by.
    if (issuer.keysVersion() === keysVersion)
      verified.keep(token, { caller, issuer, keysVersion, expiresAt });
    return caller;
  } catch (error) {
    throw toProblemError(error);
  }
}

/** RFC 8725, 3.11; RFC 9068, 4; `application/` may be left out (RFC 7515, 4.1.9). */
function assertType({ tokenType }: Issuer, { header }: UnverifiedToken): void {
  const { typ } = header;
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (type === 'at+jwt') return;
  if (tokenType === 'JWT' && (type === 'jwt' || type === undefined)) return;
  throw invalidToken('The type of the token is not that of an access token.');
}

async function verifyClaims(token: string, issuer: Issuer, now: number): Promise<JWTPayload> {
  const { maxTokenAgeSeconds } = issuer;
  const { payload } = await jwtVerify(token, issuer.keys, {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: [...issuer.algorithms],
    clockTolerance: issuer.clockSkewSeconds,
    currentDate: new Date(now),
    requiredClaims: ['exp', 'sub'],
    ...(maxTokenAgeSeconds !== undefined && { maxTokenAge: maxTokenAgeSeconds }),
  });
  assertIssuedBefore(payload, now / 1000 + issuer.clockSkewSeconds);
  // RFC 7800, 3.1: who sends it has to prove a key; a token that is taken without the proof helps a thief.
  if (payload.cnf !== undefined)
    throw invalidToken('The token is bound to a key, whose proof is not accepted here.');
  return payload;
}

/** jose looks at `iat` only where an age is limited. @param latest seconds since the epoch. */
function assertIssuedBefore({ iat }: JWTPayload, latest: number): void {
  if (iat === undefined) return;
  if (!Number.isFinite(iat) || iat > latest) throw invalidToken('The token was issued in the future.');
}

/** Milliseconds since the epoch. */
function expiryOf({ exp, iat }: JWTPayload, { clockSkewSeconds, maxTokenAgeSeconds }: Issuer): number {
  const oldest = maxTokenAgeSeconds === undefined ? Infinity : iat! + maxTokenAgeSeconds;
  return (Math.min(exp!, oldest) + clockSkewSeconds) * 1000;
}

/** RFC 6750, 2.1; the scheme's name is case-insensitive (RFC 9110, 11.1). */
function bearerToken(authorization = ''): string {
  if (authorization.slice(0, SCHEME.length).toLowerCase() === SCHEME)
    return authorization.slice(SCHEME.length).trim();
  throw new ProblemError('token-missing', {}, challenge());
}

function toPrincipal({ issuer }: Issuer, claims: JWTPayload): Principal {
  if (typeof claims.sub !== 'string' || claims.sub === '') throw invalidToken('The token names no subject.');
  return { issuer, subject: claims.sub, scopes: scopesOf(claims), claims };
}

/** `scope` as text with blanks between (RFC 8693, 4.2), or `scp` as a list. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<string> {
  if (typeof scope === 'string') return new Set(scope.split(' ').filter((one) => one !== ''));
  return new Set(Array.isArray(scp) ? scp.filter((one) => typeof one === 'string') : []);
}

function invalidToken(detail: string): ProblemError {
  return new ProblemError(
    'token-invalid',
    { detail },
    challenge('invalid_token', { error_description: detail }),
  );
}

function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof TokenFormError) return invalidToken(error.message);
  const detail = error instanceof errors.JOSEError ? tokenFaults[error.code] : undefined;
  if (detail !== undefined) return invalidToken(detail);
  return new ProblemError('keys-unavailable', {}, { 'Retry-After': '5' }, { cause: error });
}
