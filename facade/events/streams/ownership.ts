import { createHash } from 'node:crypto';
import { matchesTopic, type BusEvent } from '../../../connectors/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import type { StreamRule } from '../../config/events-config.ts';
import { findClaim } from '../../operations/claim.ts';
import { memberAt } from '../../operations/member.ts';
import type { Principal } from '../../operations/principal.ts';

/** Says whose events are. An owner is a hash: of a rule, and of the values that claims and members have to share. */
export interface Ownership {
  /** Whose streams show the event; empty: nobody's. */
  ownersOf(event: BusEvent): readonly string[];
  /** Which events a principal may see; empty: none at all. */
  ownersFor(principal: Principal): readonly string[];
}

const OF_TOKEN = 'token.';
const OF_DATA = 'data.';

export function createOwnership(rules: readonly StreamRule[]): Ownership {
  return {
    ownersOf(event) {
      const valueOf = createMemberOf(event);
      const fitting = rules.filter((rule) => matchesTopic(rule.event, event.event));
      return present(fitting.map((rule) => ownerOf(rule, (member) => valueOf(member))));
    },
    ownersFor(principal) {
      const theirs = rules.filter((rule) => isFor(rule, principal));
      return present(
        theirs.map((rule) =>
          ownerOf(rule, (_member, claim) =>
            toText(findClaim(principal.claims, claim.slice(OF_TOKEN.length))),
          ),
        ),
      );
    },
  };
}

function isFor({ issuer, scopes }: StreamRule, principal: Principal): boolean {
  if (issuer !== undefined && issuer !== principal.issuer) return false;
  return scopes.every((scope) => principal.scopes.has(scope));
}

/** Undefined where a value is missing: what is nobody's is not everybody's. */
function ownerOf(
  { event, issuer, match, scopes }: StreamRule,
  valueOf: (member: string, claim: string) => string | undefined,
): string | undefined {
  const values = Object.entries(match).map(([member, claim]) => [member, claim, valueOf(member, claim)]);
  if (values.length === 0 || values.some(([, , value]) => value === undefined || value === ''))
    return undefined;
  const text = JSON.stringify([event, issuer ?? null, [...scopes].sort(), values.sort(byMember)]);
  return createHash('sha256').update(text).digest('base64url');
}

function byMember([left = '']: (string | undefined)[], [right = '']: (string | undefined)[]): number {
  return left < right ? -1 : 1;
}

/** The data are parsed once, if at all. */
function createMemberOf(event: BusEvent): (member: string) => string | undefined {
  let data: JsonValue | undefined;
  return (member) => {
    if (member === 'subject') return event.subject;
    if (!member.startsWith(OF_DATA)) return event.extensions?.[member];
    data ??= dataOf(event);
    return toText(memberAt(data, member.slice(OF_DATA.length).split('.')));
  };
}

/** What is no JSON has no members. */
function dataOf({ data, contentType }: BusEvent): JsonValue {
  if (contentType !== undefined) return null;
  return JSON.parse(Buffer.from(data).toString()) as JsonValue;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function present(owners: readonly (string | undefined)[]): string[] {
  return [...new Set(owners.filter((owner) => owner !== undefined))];
}
