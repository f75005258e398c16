import type { JsonValue } from '../../../wsdl/index.ts';
import { canonical } from '../../../cli/doctor/canonical.ts';

const GROUP = /^@(?:choice|sequence)\d*$/;

/**
 * A JSON value without what its XML cannot tell: arrays without items, order of members, white space that a type
 * collapses, the way a raw fragment declares its namespaces, and how a run of elements is shared among occurrences of
 * the groups around it. The order of elements is not in it: that shows in the XML.
 */
export function essence(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.includes('<') ? fragmentEssence(value) : collapsed(value);
  if (Object.is(value, -0)) return 0;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(essence);
  const members = new Map<string, JsonValue[]>();
  gather(value, members);
  return [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, values]) => [name, ...values]);
}

/** Values by member; those of repeating groups as if they stood in the object around. */
function gather(object: { readonly [member: string]: JsonValue }, into: Map<string, JsonValue[]>): void {
  for (const [name, value] of Object.entries(object)) {
    const values = Array.isArray(value) ? value : [value];
    if (GROUP.test(name)) {
      for (const occurrence of values) gather(occurrence as { [member: string]: JsonValue }, into);
    } else if (values.length > 0) {
      into.set(name, [...(into.get(name) ?? []), ...values.map(essence)]);
    }
  }
}

/** `value` with what `decoded` has as a number or boolean in that form: a union reads a text as the first member that fits. */
export function readAs(value: JsonValue, decoded: JsonValue): JsonValue {
  if (typeof value === 'string' && isMixed(decoded)) return decoded;
  if (Array.isArray(value) && Array.isArray(decoded))
    return value.map((item, index) => readAs(item, decoded[index] ?? null));
  if (typeof decoded === 'number' && typeof value === 'string')
    return Number(value) === decoded ? decoded : value;
  if (typeof decoded !== 'boolean' || typeof value === 'boolean') return value;
  return [String(decoded), decoded ? '1' : '0'].includes(JSON.stringify(value).replaceAll('"', ''))
    ? decoded
    : value;
}

/** A string in xs:anyType is text, which comes back as mixed content. */
function isMixed(decoded: JsonValue): boolean {
  const [only] = Array.isArray(decoded) ? decoded : [];
  return Array.isArray(only) && only[0] === '@mixed';
}

function collapsed(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').trim();
}

function fragmentEssence(text: string): string {
  try {
    return canonical(`<fragment>${text}</fragment>`);
  } catch {
    return collapsed(text);
  }
}
