import type { JsonValue } from '../codec.ts';

/** Undefined if `value` is no object or only inherits the member. */
export function ownMember(value: JsonValue, name: string): JsonValue | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
