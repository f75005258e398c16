import type { JsonValue, ValueFault } from '../../../wsdl/index.ts';
import { ProblemError } from '../problem.ts';
import { scanJson } from './scan-json.ts';

export interface ParsedBody {
  readonly value: JsonValue;
  readonly faults: readonly ValueFault[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON of at most `maxDepth`, with what is doubtful about it. @throws ProblemError 400 if it is none. */
export function parseBody(bytes: Uint8Array, maxDepth: number): ParsedBody {
  const text = decode(bytes);
  const { isTooDeep, faults } = scanJson(text, maxDepth);
  if (isTooDeep)
    throw new ProblemError('malformed-json', {
      detail: `The body is nested deeper than ${maxDepth} levels.`,
    });
  try {
    return { value: JSON.parse(text) as JsonValue, faults };
  } catch (error) {
    throw new ProblemError('malformed-json', { detail: `The body is not JSON${whereOf(error)}.` });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ProblemError('malformed-json', { detail: 'The body is not UTF-8.' });
  }
}

/** The engine's message quotes the text, which may be secret; only the place is passed on. */
function whereOf(error: unknown): string {
  const place = /at position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
  return place === undefined ? '' : ` ${place}`;
}
