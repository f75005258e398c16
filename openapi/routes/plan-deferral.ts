import type { RouteDeferral, RouteIdempotency, RouteMapping } from '../route.ts';
import type { Report } from './mapping-problem.ts';

/** Whether a row may be carried out later, and on what terms. */
export function planDeferral(
  { mode = 'sync', method, safe, expiresAfterSeconds, binary }: RouteMapping,
  idempotency: RouteIdempotency | undefined,
  report: Report,
): { readonly deferral?: RouteDeferral } {
  if (mode === 'sync') {
    if (expiresAfterSeconds !== undefined)
      report(['expiresAfterSeconds'], 'Only what is carried out later expires: set mode, or remove this.');
    return {};
  }
  if (method === 'GET' || safe) {
    report(['mode'], 'What is read is given at once: only a write can be carried out later.');
    return {};
  }
  if (idempotency === undefined) {
    report(
      ['mode'],
      'A client that does not hear the 202 repeats it, which only a key makes safe: do not switch the key off under "idempotency".',
    );
    return {};
  }
  if (binary?.response !== undefined)
    report(['mode'], 'The result of what is carried out later is JSON: remove "binary.response".');
  return { deferral: { mode, ...(expiresAfterSeconds !== undefined && { expiresAfterSeconds }) } };
}
