import type { ParameterShape } from '../../../openapi/index.ts';
import { survivesAsDouble } from '../../../wsdl/index.ts';

/** RFC 8259, 6. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/** As JSON, OpenAPI and XML Schema all write a whole number: no exponent, fraction, plus or blank. */
const INTEGER = /^-?(0|[1-9]\d*)$/;

/** The text of a parameter as JSON, or undefined if it does not fit. A number that would be rounded does not. */
export function convertText(text: string, shape: ParameterShape): string | number | boolean | undefined {
  switch (shape) {
    case 'string':
      return text;
    case 'integer':
      return toNumber(text, INTEGER);
    case 'number':
      return toNumber(text, NUMBER);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }
}

function toNumber(text: string, syntax: RegExp): number | undefined {
  return syntax.test(text) && survivesAsDouble(text) ? Number(text) : undefined;
}
