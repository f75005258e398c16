import type { Route } from '../../openapi/index.ts';
import type { SoapFault } from '../../wsdl/index.ts';
import { toProblem, type Problem } from './problem.ts';

/** The reason comes from outside and goes to a client: no longer than this many characters. */
const MAX_REASON = 500;

/** What a SOAP Fault is to the caller. */
export interface FaultProblem {
  readonly problem: Problem;
  /** JSON bytes of a declared fault's detail, for the member `fault`. */
  readonly fault?: Uint8Array;
}

/**
 * A declared fault has status and code from its route. Of others, a Sender's reason is passed on, as it is meant for
 * the caller; the reason of a failure inside the service is not, as it may hold what nobody outside should read.
 */
export function problemOfFault(route: Route, fault: SoapFault): FaultProblem {
  const detail = shorten(fault.reason);
  const declared = route.faults.find((one) => one.name === fault.detail?.name);
  if (declared !== undefined && fault.detail !== undefined) {
    const { status, code } = declared;
    return {
      problem: toProblem('declared-fault', { status, code, ...detail }),
      fault: fault.detail.json,
    };
  }
  if (fault.category === 'Sender') return { problem: toProblem('soap-client-fault', detail) };
  return { problem: toProblem('soap-server-fault') };
}

function shorten(reason: string): { readonly detail?: string } {
  if (reason.trim() === '') return {};
  return { detail: reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason };
}
