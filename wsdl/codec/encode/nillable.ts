import type { JsonValue } from '../codec.ts';
import { report } from './fault-collector.ts';
import type { TypeEncoder } from './type-encoder.ts';

/** `null`, or `"@nil": true` beside attributes -> xsi:nil (XSD 1.0 Part 1, 2.6.2); any other value by the encoder in slot `full`. */
export function encodeNillable(functions: readonly TypeEncoder[], full: number, nil: number): TypeEncoder {
  return (value, depth, pointer, faults) => {
    const attributes = value === null ? {} : attributesOfNil(value);
    if (!attributes) return functions[full]!(value, depth, pointer, faults);
    if (attributes['@nil'] !== undefined && attributes['@nil'] !== true) {
      return report(faults, `${pointer}/@nil`, 'type', 'must be true');
    }
    return ` xsi:nil="true"${functions[nil]!(attributes, depth, pointer, faults)}`;
  };
}

function attributesOfNil(value: JsonValue): { [member: string]: JsonValue } | undefined {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject && Object.hasOwn(value, '@nil') && value['@nil'] !== undefined ? value : undefined;
}
