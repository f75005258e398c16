import type { Settlement } from '../../connectors/index.ts';
import { outcomeOf } from '../http/outcome-of.ts';
import type { HandlerOptions, MessageExchange } from './handle-message.ts';

/** In place of an HTTP method. */
const METHOD = 'MESSAGE';

/** One line in the log for each message, one in the audit log, and the counts. Never its payload. */
export function tellMessage(
  { delivery, record, operation, status, bytes }: MessageExchange,
  settlement: Settlement,
  ms: number,
  { log, metrics }: HandlerOptions,
): void {
  const settled = { kind: settlement.kind, attempt: delivery.attempt };
  log.request?.({ ...record, operation: operation?.shown, settled }, METHOD, status, Math.round(ms), bytes);
  if (record.code !== undefined) metrics?.countProblem(record.code);
  if (operation === undefined) return;
  const { meter, route } = operation.runtime;
  meter?.begin();
  meter?.end(status, ms, record);
  log.audit?.({ ...record, route, status, outcome: outcomeOf(record, status) });
}
