import type { JWTPayload } from 'jose';
import * as errors from 'jose/errors';
import { jwtVerify } from 'jose/jwt/verify';
import type { Principal } from '../../operations/principal.ts';
import { ProblemError } from '../problem.ts';
import { toCaller } from './caller.ts';
import { confirmationOf } from './confirmation.ts';
import type { Issuer } from './issuers.ts';
import { parseToken, type UnverifiedToken } from './token-form.ts';
import { TokenRefusal } from './token-refusal.ts';
import type { VerifiedToken } from './verified-tokens.ts';

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

/** RFC 9068, 2.2, besides what every token needs. */
const REQUIRED_OF_ACCESS_TOKENS = ['iat', 'jti', 'client_id'];

/**
 * Whether a token is good, and what it says (RFC 8725; RFC 9068, 4). What it is bound to is told, and still to be proved.
 * @param now milliseconds since the epoch. @throws TokenRefusal, or ProblemError 503 if the issuer's keys cannot be had.
 */
export async function verifyToken(
  token: string,
  issuers: ReadonlyMap<string, Issuer>,
  now: number,
): Promise<VerifiedToken> {
  const unverified = parseToken(token);
  const { iss } = unverified.payload;
  const issuer = typeof iss === 'string' ? issuers.get(iss) : undefined;
  if (issuer === undefined) throw new TokenRefusal('The issuer of the token is not accepted here.');
  assertType(issuer, unverified);
  const keysVersion = issuer.keysVersion();
  const payload = await verifyClaims(token, issuer, now);
  const confirmation = confirmationOf(payload['cnf'], issuer);
  return {
    caller: toCaller(toPrincipal(issuer, payload), confirmation?.jkt === undefined ? 'Bearer' : 'DPoP'),
    confirmation,
    issuer,
    keysVersion,
    expiresAt: expiryOf(payload, issuer),
  };
}

/** RFC 8725, 3.11; RFC 9068, 4; `application/` may be left out (RFC 7515, 4.1.9). */
function assertType({ tokenType }: Issuer, { header }: UnverifiedToken): void {
  const { typ } = header;
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (type === 'at+jwt') return;
  if (tokenType === 'JWT' && (type === 'jwt' || type === undefined)) return;
  throw new TokenRefusal('The type of the token is not that of an access token.');
}

async function verifyClaims(token: string, issuer: Issuer, now: number): Promise<JWTPayload> {
  const { maxTokenAgeSeconds, tokenType } = issuer;
  const { payload } = await jwtVerify(token, issuer.keys, {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: [...issuer.algorithms],
    clockTolerance: issuer.clockSkewSeconds,
    currentDate: new Date(now),
    requiredClaims: ['exp', 'sub', ...(tokenType === 'at+jwt' ? REQUIRED_OF_ACCESS_TOKENS : [])],
    ...(maxTokenAgeSeconds !== undefined && { maxTokenAge: maxTokenAgeSeconds }),
  }).catch((error: unknown) => {
    throw toRefusal(error);
  });
  assertIssuedBefore(payload, now / 1000 + issuer.clockSkewSeconds);
  if (tokenType === 'at+jwt') assertText(payload, 'client_id', 'jti');
  return payload;
}

function toRefusal(error: unknown): Error {
  const detail = error instanceof errors.JOSEError ? tokenFaults[error.code] : undefined;
  return detail === undefined
    ? new ProblemError('keys-unavailable', {}, { 'Retry-After': '5' }, { cause: error })
    : new TokenRefusal(detail);
}

/** jose looks at `iat` only where an age is limited. @param latest seconds since the epoch. */
function assertIssuedBefore({ iat }: JWTPayload, latest: number): void {
  if (iat === undefined) return;
  if (!Number.isFinite(iat) || iat > latest) throw new TokenRefusal('The token was issued in the future.');
}

function assertText(payload: JWTPayload, ...claims: string[]): void {
  for (const claim of claims)
    if (typeof payload[claim] !== 'string' || payload[claim] === '')
      throw new TokenRefusal(`The claim ${claim} of the token is no text.`);
}

/** Milliseconds since the epoch. */
function expiryOf({ exp, iat }: JWTPayload, { clockSkewSeconds, maxTokenAgeSeconds }: Issuer): number {
  const oldest = maxTokenAgeSeconds === undefined ? Infinity : iat! + maxTokenAgeSeconds;
  return (Math.min(exp!, oldest) + clockSkewSeconds) * 1000;
}

function toPrincipal({ issuer }: Issuer, claims: JWTPayload): Principal {
  if (typeof claims.sub !== 'string' || claims.sub === '')
    throw new TokenRefusal('The token names no subject.');
  return { issuer, subject: claims.sub, scopes: scopesOf(claims), claims };
}

/** `scope` as text with blanks between (RFC 8693, 4.2), or `scp` as a list. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<string> {
  if (typeof scope === 'string') return new Set(scope.split(' ').filter((one) => one !== ''));
  return new Set(Array.isArray(scp) ? scp.filter((one) => typeof one === 'string') : []);
}
