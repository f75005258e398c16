import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../wsdl/index.ts';
import { canonical } from './canonical.ts';

/** Where two JSON values differ first, as a JSON Pointer; undefined if they mean the same. Raw XML is compared as XML. */
export function firstDifference(
  one: JsonValue,
  other: JsonValue,
  pointer = '',
  name = '',
): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return firstOf(one.keys(), (index) =>
      firstDifference(one[index]!, other[index]!, `${pointer}/${index}`, name),
    );
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    const missing = [...names].find((member) => !Object.hasOwn(one, member) || !Object.hasOwn(other, member));
    if (missing !== undefined) return `${pointer}/${missing}`;
    return firstOf(names, (member) =>
      firstDifference(one[member]!, other[member]!, `${pointer}/${member}`, member),
    );
  }
  return isSameXml(name, one, other) ? undefined : pointer || '/';
}

/** Members that hold raw XML (docs/json-mapping.md); a number may follow the name. */
const RAW_XML = /^@(any|mixed)\d*$/;

function isSameXml(name: string, one: JsonValue, other: JsonValue): boolean {
  if (!RAW_XML.test(name) || typeof one !== 'string' || typeof other !== 'string') return false;
  return canonical(`<raw>${one}</raw>`) === canonical(`<raw>${other}</raw>`);
}

function firstOf<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: JsonValue): value is { [member: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
