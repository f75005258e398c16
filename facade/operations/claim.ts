import type { Principal } from './principal.ts';

/** `act.sub` is the member `sub` of `act`, unless a claim has that very name, as URLs used for names have dots. */
export function findClaim(claims: Principal['claims'], claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim];
  let value: unknown = claims;
  for (const name of claim.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}
