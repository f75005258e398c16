import { isSecretName } from './credentials.ts';
import { MASK, maskText } from './mask-text.ts';

/** Any value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A member by the names on the way to it. Lists on the way are passed through: it means the member of each entry. */
export type MemberPath = readonly string[];

/** Deeper than what any configuration admits; what lies below is masked as a whole. */
const DEEPEST = 2048;

/**
 * The value with `[masked]` in place of the members at `sensitive`, of what is called like a secret, and of card numbers, IBANs
 * and credentials in whatever text or number.
 */
export function maskJson(value: Json, sensitive: readonly MemberPath[] = []): Json {
  return maskAt(value, sensitive, 0);
}

function maskAt(value: Json, sensitive: readonly MemberPath[], depth: number): Json {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') return maskNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return MASK;
  if (isList(value)) return value.map((entry) => maskAt(entry, sensitive, depth + 1));
  const members = Object.entries(value).map(([name, member]) => {
    const below = sensitive.filter(([first]) => first === name).map((path) => path.slice(1));
    const isSecret = isSecretName(name) || below.some(({ length }) => length === 0);
    return [maskText(name), isSecret && member !== null ? MASK : maskAt(member, below, depth + 1)] as const;
  });
  return Object.fromEntries(members);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function maskNumber(value: number): Json {
  const text = String(value);
  return maskText(text) === text ? value : MASK;
}
