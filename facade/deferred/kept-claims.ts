import type { Route } from '../../openapi/index.ts';
import type { Principal } from '../operations/principal.ts';

/** The claims that carrying a call of `route` out later still needs: those of which its event is made. */
export function keptClaims({ publish }: Route, { claims }: Principal): Principal['claims'] {
  if (publish === undefined) return {};
  const { key, subject, attributes } = publish;
  const values = [...key, ...(subject === undefined ? [] : [subject]), ...Object.values(attributes)];
  const names = values.flatMap((value) => (value.from === 'token' ? [nameOf(value.claim, claims)] : []));
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(claims, name)).map((name) => [name, claims[name]]),
  );
}

/** `act.sub` is a part of `act`, unless a claim has that very name. */
function nameOf(claim: string, claims: Principal['claims']): string {
  return Object.hasOwn(claims, claim) ? claim : claim.split('.', 1)[0]!;
}
