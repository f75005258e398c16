import { randomUUID } from 'node:crypto';
import type { Route, RoutePreset } from '../../openapi/index.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import { findClaim } from './claim.ts';
import { setMember } from './member.ts';
import type { Principal } from './principal.ts';

/** The token lacks a claim that the operation's input is made of, or has it in a form that fits nothing. */
export class ClaimError extends Error {
  override readonly name = 'ClaimError';
  readonly claim: string;

  constructor(claim: string) {
    super(`the token has no usable claim "${claim}", which this operation needs`);
    this.claim = claim;
  }
}

/**
 * The input with the members that Portico itself sets. `input` may be changed. `keyUuid` is made of the Idempotency-Key; a call
 * without one is like no other. @throws ClaimError
 */
export function applyPresets(
  route: Route,
  principal: Principal,
  input: JsonValue,
  keyUuid?: string,
): JsonValue {
  for (const preset of route.presets)
    setMember(input, preset.member, presetValue(preset, principal, keyUuid));
  return input;
}

function presetValue(
  preset: RoutePreset,
  { claims }: Principal,
  keyUuid?: string,
): string | number | boolean {
  if (preset.from === 'const') return preset.value;
  if (preset.from === 'key') return keyUuid ?? randomUUID();
  const value = findClaim(claims, preset.claim);
  // An empty value could mean "all of them" to the service.
  if ((typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new ClaimError(preset.claim);
}
