import type { Outcome } from '../log/audit-log.ts';
import type { ProblemCode } from './problem.ts';
import type { RequestRecord } from './request-record.ts';

/** Problems of who called, not of what was called. */
const DENIALS: ReadonlySet<string> = new Set<ProblemCode>([
  'token-missing',
  'token-invalid',
  'insufficient-scope',
  'claim-missing',
]);

const FIRST_ERROR = 400;
const FIRST_ERROR_OF_SERVER = 500;

/** How a request for an operation ended, when all that comes of it is known. */
export function outcomeOf({ ending, code, brokenOff, isReplay }: RequestRecord, status: number): Outcome {
  if (ending !== undefined) return ending;
  if (brokenOff !== undefined) return 'failed';
  if (isReplay && status >= FIRST_ERROR) return 'fault';
  if (code === undefined) return 'succeeded';
  if (DENIALS.has(code)) return 'denied';
  return status >= FIRST_ERROR_OF_SERVER ? 'failed' : 'refused';
}
