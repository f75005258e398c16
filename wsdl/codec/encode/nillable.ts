import type { JsonValue } from '../codec.ts';
import { output } from './byte-output.ts';
import { report } from './fault-collector.ts';
import type { TypeEncoder } from './type-encoder.ts';

const NIL: Uint8Array = Buffer.from(' xsi:nil="true"');

/** `null`, or `"@nil": true` beside attributes -> xsi:nil (XSD 1.0 Part 1, 2.6.2); any other value by the encoder in slot `full`. */
export function encodeNillable(functions: readonly TypeEncoder[], full: number, nil: number): TypeEncoder {
  return (value, depth, pointer, faults, at) => {
    const attributes = value === null ? {} : attributesOfNil(value);
    if (!attributes) return functions[full]!(value, depth, pointer, faults, at);
    if (attributes['@nil'] !== undefined && attributes['@nil'] !== true) {
      report(faults, `${pointer}/@nil`, 'type', 'must be true');
      return at;
    }
    return functions[nil]!(attributes, depth, pointer, faults, output.copy(at, NIL));
  };
}

function attributesOfNil(value: JsonValue): { [member: string]: JsonValue } | undefined {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject && Object.hasOwn(value, '@nil') && value['@nil'] !== undefined ? value : undefined;
}
