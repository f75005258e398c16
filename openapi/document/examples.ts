import { SampleError, sampleMessage, type Contract, type JsonValue, type Message } from '../../wsdl/index.ts';
import type { Omissions } from '../schema/scope.ts';

/** Characters of JSON: what is longer shows less, not more. */
const LONGEST = 4_000;

/** An example of a message: with its optional members where that stays readable. Undefined where none can be made. */
export function exampleOf(contract: Contract, message: Message): JsonValue | undefined {
  try {
    const full = sampleMessage(contract, message, { mode: 'full', maxDepth: 4 });
    if (JSON.stringify(full).length <= LONGEST) return full;
    return sampleMessage(contract, message, { mode: 'minimal' });
  } catch (error) {
    if (error instanceof SampleError) return undefined;
    throw error;
  }
}

/** The example without the members that come from elsewhere than the body. */
export function omitMembers(example: JsonValue, omissions: Omissions): JsonValue {
  if (omissions.size === 0 || !isObject(example)) return example;
  const kept = Object.entries(example).flatMap(([name, value]): [string, JsonValue][] => {
    const omission = omissions.get(name);
    if (omission === true) return [];
    const rest = omission === undefined ? value : omitMembers(value, omission);
    return omission !== undefined && isObject(rest) && Object.keys(rest).length === 0 ? [] : [[name, rest]];
  });
  return Object.fromEntries(kept);
}

export function memberOf(example: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let value = example;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

function isObject(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
