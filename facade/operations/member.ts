import type { JsonValue } from '../../wsdl/index.ts';

/** Whether `value` has a member at `path`. */
export function hasMember(value: JsonValue | undefined, path: readonly string[]): boolean {
  let current = value;
  for (const name of path) {
    if (!isObject(current) || !Object.hasOwn(current, name)) return false;
    current = current[name];
  }
  return true;
}

/** The member of `value` at `path`; undefined if there is none. */
export function memberAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  if (!hasMember(value, path)) return undefined;
  return path.reduce((current, name) => (current as Record<string, JsonValue>)[name]!, value);
}

/**
 * Sets the member at `path`, in place, making objects on the way. Where something that is no object stands in the way,
 * nothing is set: the codec names that fault.
 */
export function setMember(value: JsonValue, path: readonly string[], member: JsonValue): void {
  let target = value;
  for (const [index, name] of path.entries()) {
    if (!isObject(target)) return;
    if (index === path.length - 1) define(target, name, member);
    else if (!Object.hasOwn(target, name)) define(target, name, {});
    target = target[name]!;
  }
}

/** RFC 6901. */
export function toPointer(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function isObject(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Assignment would call the setter of a member named `__proto__`. */
function define(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}
