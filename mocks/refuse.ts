import { DecodeError, type SoapVersion } from '../wsdl/index.ts';
import type { SoapAnswer } from './encode-answer.ts';
import { faultStatus, toFaultEnvelope, type FaultCode } from './fault-envelope.ts';
import { Refusal } from './refusal.ts';
import { ContractBreach, toDetail } from './validation/contract-breach.ts';

/** What the mock itself answers to a request that it cannot carry out: always a SOAP Fault. */
export function refuse(soapVersion: SoapVersion, error: unknown): SoapAnswer {
  const refusal = toRefusal(error);
  const { code, message } = refusal;
  const version = refusal.soapVersion ?? soapVersion;
  const detail = refusal instanceof ContractBreach ? toDetail(refusal.violations) : '';
  return {
    status: faultStatus(version, code),
    soapVersion: version,
    body: toFaultEnvelope(version, code, message, detail),
    outcome: 'fault',
  };
}

/** What else may go wrong is no fault of the sender: say, a contract that has no codec or no sample. */
function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DecodeError) return new Refusal(codeOf(error), error.message);
  return new Refusal(
    'Receiver',
    `the mock failed: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function codeOf(error: DecodeError): FaultCode {
  if (error.code === 'version-mismatch') return 'VersionMismatch';
  return error.code === 'must-understand' ? 'MustUnderstand' : 'Sender';
}
