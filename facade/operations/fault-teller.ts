import type { Logger } from 'pino';
import { maskForeignText } from '../../masking/index.ts';
import type { Route } from '../../openapi/index.ts';
import type { SoapFault } from '../../wsdl/index.ts';
import type { CallContext } from './operation-runtime.ts';

/** Tells the log of a fault that a service answered with. */
export type TellFault = (route: Route, fault: SoapFault, context: Pick<CallContext, 'requestId'>) => void;

const MOST_CHARACTERS = 300;
/** Only what is shown in the end, and what could be masked with it, is worth a look. */
const MOST_READ = 4 * MOST_CHARACTERS;

/**
 * One line for a fault that the contract does not declare: its reason often stands nowhere else, and clients do not get that of
 * a failure inside the service. Never the detail. A Sender fault is the caller's, and no trouble of ours.
 */
export function createTellFault(logger: Logger): TellFault {
  return (route, fault, { requestId }) => {
    if (fault.detail !== undefined) return;
    const { service, operationId: operation } = route;
    const line = {
      requestId,
      service,
      operation,
      faultcode: shown(fault.code.local),
      reason: shown(fault.reason),
    };
    if (fault.category === 'Sender') logger.info(line, 'The service refused the request');
    else logger.error(line, 'The service failed');
  };
}

/** Masked before it is cut, as half of a number would not be known as one. */
function shown(text: string): string {
  const line = text
    .slice(0, MOST_READ)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  const masked = maskForeignText(line);
  return masked.length > MOST_CHARACTERS ? `${masked.slice(0, MOST_CHARACTERS)}…` : masked;
}
