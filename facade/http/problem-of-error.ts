import { ConnectorError, type ConnectorErrorCode } from '../../connectors/index.ts';
import { DecodeError, ValueError } from '../../wsdl/index.ts';
import { ClaimError } from '../operations/apply-presets.ts';
import { isSafe } from '../operations/is-safe.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import { problemOfFaults } from './input/problem-of-faults.ts';
import { ProblemError, problemKinds, type Problem, type ProblemCode } from './problem.ts';

const RETRY_AFTER_SECONDS = 5;
const UNAVAILABLE = 503;

const connectorProblems: Readonly<Record<ConnectorErrorCode, ProblemCode>> = {
  CONNECT_FAILED: 'upstream-unreachable',
  TIMEOUT: 'upstream-timeout',
  CUT_OFF: 'upstream-cut-off',
  NOT_SOAP: 'invalid-upstream-response',
  TOO_LARGE: 'upstream-too-large',
  ABORTED: 'stopping',
  UNAVAILABLE: 'upstream-busy',
  TOO_BUSY: 'upstream-busy',
  CIRCUIT_OPEN: 'upstream-failing',
  NOT_VERIFIED: 'upstream-not-verified',
};

/** What an error of a call is to the caller. What the table does not know is a defect: 500, and nothing is told. */
export function problemOfError(error: unknown, operation?: OperationRuntime): ProblemError {
  if (error instanceof ProblemError) return error;
  if (operation === undefined) return new ProblemError('internal-error');
  if (error instanceof ValueError) return problemOfFaults(operation.route, error.faults);
  if (error instanceof ClaimError)
    return new ProblemError('claim-missing', { detail: `${capitalise(error.message)}.` });
  if (error instanceof ConnectorError) return ofConnectorError(error, operation);
  if (error instanceof DecodeError) return ofDecodeError(error, operation);
  return new ProblemError('internal-error');
}

function ofConnectorError(error: ConnectorError, operation: OperationRuntime): ProblemError {
  // What broke was the client's body, which was being passed on.
  if (error.cause instanceof ProblemError) return error.cause;
  const code = connectorProblems[error.code];
  const headers =
    problemKinds[code].status === UNAVAILABLE
      ? { 'Retry-After': String(error.retryAfter ?? RETRY_AFTER_SECONDS) }
      : {};
  return new ProblemError(code, error.mayHaveBeenSent ? outcomeOf(code, operation) : {}, headers);
}

function ofDecodeError(error: DecodeError, operation: OperationRuntime): ProblemError {
  const code = error.code === 'limit-exceeded' ? 'upstream-too-large' : 'invalid-upstream-response';
  return new ProblemError(code, { path: error.path, ...outcomeOf(code, operation) });
}

/** A read changes nothing; a write that got no clear answer may have been carried out, and is never repeated by us. */
function outcomeOf(code: ProblemCode, { route }: OperationRuntime): Partial<Problem> {
  if (isSafe(route)) return {};
  return {
    outcome: 'unknown',
    detail: `${problemKinds[code].detail} It may have carried this out: check the effect before you repeat it.`,
  };
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
