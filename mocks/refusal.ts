import type { SoapVersion } from '../wsdl/index.ts';
import type { FaultCode } from './fault-envelope.ts';

/** What the mock itself refuses. Becomes a SOAP Fault, in the port's SOAP version unless it names another. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: FaultCode;
  readonly soapVersion: SoapVersion | undefined;

  constructor(code: FaultCode, reason: string, soapVersion?: SoapVersion) {
    super(reason);
    this.code = code;
    this.soapVersion = soapVersion;
  }
}
