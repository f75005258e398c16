import { survivesAsDouble } from './survives-as-double.ts';

/** RFC 8259, 6. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/** The text of a parameter as JSON, or undefined if it does not fit. A number that would be rounded does not. */
export function convertText(
  text: string,
  shape: 'string' | 'number' | 'boolean',
): string | number | boolean | undefined {
  switch (shape) {
    case 'string':
      return text;
    case 'number':
      return NUMBER.test(text) && survivesAsDouble(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }
}
