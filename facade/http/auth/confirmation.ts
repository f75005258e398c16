import type { BindingPolicy } from '../../config/config.ts';
import type { Issuer } from './issuers.ts';
import { TokenRefusal } from './token-refusal.ts';

/** What who presents a token has to prove (RFC 7800, 3.1). At least one of them is given. */
export interface Confirmation {
  /** SHA-256 thumbprint of a key (RFC 9449, 6.1; RFC 7638), in base64url. */
  readonly jkt?: string;
  /** SHA-256 of a certificate in DER (RFC 8705, 3.1), in base64url. */
  readonly certificate?: string;
}

/** Member of `cnf`, where it is kept here, and what the issuer says of it. */
const methods = [
  { member: 'jkt', kept: 'jkt', policy: 'dpop', what: 'a key (DPoP)' },
  { member: 'x5t#S256', kept: 'certificate', policy: 'mtls', what: 'a TLS certificate' },
] as const;

const SHA256 = /^[A-Za-z0-9_-]{43}$/;

/**
 * What the token is bound to; undefined for a bearer token. Taken as one, a bound token would serve a thief: so each member of
 * `cnf` must be one that is proved here.
 * @throws TokenRefusal
 */
export function confirmationOf(
  cnf: unknown,
  issuer: Readonly<Record<'dpop' | 'mtls', BindingPolicy>> & Pick<Issuer, 'issuer'>,
): Confirmation | undefined {
  const members = membersOf(cnf);
  for (const { member, policy, what } of methods)
    if (issuer[policy] === 'required' && !members.has(member))
      throw new TokenRefusal(`The token must be bound to ${what}.`);
  if (cnf === undefined) return undefined;
  for (const member of members.keys())
    if (!methods.some((method) => method.member === member && issuer[method.policy] !== 'off'))
      throw new TokenRefusal('The token is bound to a key, whose proof is not accepted here.');
  return Object.fromEntries(
    methods
      .filter(({ member }) => members.has(member))
      .map(({ member, kept }) => [kept, thumbprint(members.get(member))]),
  );
}

function membersOf(cnf: unknown): ReadonlyMap<string, unknown> {
  if (cnf === undefined) return new Map();
  const members = typeof cnf === 'object' && cnf !== null && !Array.isArray(cnf) ? Object.entries(cnf) : [];
  if (members.length === 0) throw new TokenRefusal('The token is bound to nothing that can be proved.');
  return new Map(members);
}

function thumbprint(value: unknown): string {
  if (typeof value === 'string' && SHA256.test(value)) return value;
  throw new TokenRefusal('The token is bound to something that is no SHA-256 thumbprint.');
}
