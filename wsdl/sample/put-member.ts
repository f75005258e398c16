import type { JsonValue } from '../codec/codec.ts';

/** A JSON object under construction. */
export type Target = Record<string, JsonValue>;

/** Sets an own member whatever its name: an element may be called `__proto__`. */
export function putMember(target: Target, name: string, value: JsonValue): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
