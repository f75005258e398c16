import type { FaultMessage, Operation } from '../../wsdl/index.ts';
import type { RouteFault } from '../route.ts';
import { takeName, toWords } from '../words.ts';

/** First match wins; the name is in kebab-case. */
const STATUS_BY_NAME: readonly (readonly [RegExp, number])[] = [
  [/(^|-)not-found(-|$)/, 404],
  [/(^|-)(exists|conflict|duplicate)(-|$)/, 409],
  [/(^|-)(denied|forbidden)(-|$)/, 403],
  [/(^|-)(unavailable|busy)(-|$)/, 503],
];

const UNPROCESSABLE = 422;

/** Status and problem code of each declared fault: by its name, unless `overrides` names it. */
export function planFaults(
  operation: Operation,
  overrides: Readonly<Record<string, number>> = {},
): RouteFault[] {
  const taken = new Set<string>();
  return operation.faults.map(({ name }) => {
    const code = toFaultCode(name);
    return { name, status: overrides[name] ?? statusOf(code), code: takeName(code, taken, '-') };
  });
}

function statusOf(code: string): number {
  return STATUS_BY_NAME.find(([pattern]) => pattern.test(code))?.[1] ?? UNPROCESSABLE;
}

/** `AccountNotFoundFault` -> `account-not-found`: what a fault is, without saying that it is one. */
function toFaultCode(name: FaultMessage['name']): string {
  const words = toWords(name);
  const said = words.filter(
    (word, index) => index === 0 || index < words.length - 1 || !/^(fault|exception|error)$/.test(word),
  );
  return said.join('-') || 'fault';
}
