import { ConnectorError } from '../../connectors/index.ts';
import { ValueError } from '../../wsdl/index.ts';
import { ClaimError } from '../operations/apply-presets.ts';
import { ProblemError } from './problem.ts';

/** Whether a call that ended in this error may have been carried out by the service. */
export function mayHaveBeenDone(error: unknown): boolean {
  if (error instanceof ConnectorError) return error.mayHaveBeenSent;
  return !(error instanceof ProblemError || error instanceof ValueError || error instanceof ClaimError);
}
