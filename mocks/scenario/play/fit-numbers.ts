import { ValueError, type JsonValue } from '../../../wsdl/index.ts';
import { toDecimal } from '../expression/decimal.ts';

/**
 * Encodes a value. Where a template gave a number and the contract has a text, or the reverse, it is the contract that is right: nobody has to
 * know whether an amount or a counter is a number in JSON. @throws ValueError if it does not fit then either.
 */
export function encodeWithNumbers<Result>(value: JsonValue, encode: (value: JsonValue) => Result): Result {
  try {
    return encode(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const pointers = error.faults.filter(({ code }) => code === 'type').map(({ pointer }) => pointer);
    if (pointers.length === 0) throw error;
    return encode(turned(value, new Set(pointers), ''));
  }
}

/** Texts of numbers as numbers, and numbers as texts, at these places. */
function turned(value: JsonValue, pointers: ReadonlySet<string>, pointer: string): JsonValue {
  if (pointers.has(pointer)) return turn(value);
  if (Array.isArray(value))
    return value.map((entry, index) => turned(entry, pointers, `${pointer}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const below = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [name, turned(member, pointers, below)] as const;
  });
  return Object.fromEntries(members);
}

function turn(value: JsonValue): JsonValue {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && toDecimal(value) !== undefined ? Number(value) : value;
}
