import type { JsonValue } from '../../../wsdl/index.ts';
import type { DeferredRecord } from '../../commands/deferred-store.ts';
import type { Deferral } from '../../deferred/deferral.ts';
import { askAgainSeconds, toStatusDocument } from '../../deferred/status-document.ts';
import type { Principal } from '../../operations/principal.ts';
import type { Exchange } from '../exchange.ts';
import { replay } from '../idempotency/send-whole-answer.ts';
import { prefersAsync } from '../input/prefer-wait.ts';
import { sendBody } from '../send-answer.ts';

const ACCEPTED = 202;
/** Where clients ask for the outcome, by id. */
export const OPERATIONS_PATH = '/v1/operations';

/** Whether the request is to be carried out later: always, or because its client prefers that (RFC 7240, 4.1). */
export function isForLater({ request, operation: { route } }: Exchange): boolean {
  if (route.deferral === undefined) return false;
  return route.deferral.mode === 'async' || prefersAsync(request.headers.prefer);
}

/** Answers 202 once the operation is written down, or the answer that its key has already. @throws ProblemError, ClaimError, ValueError */
export async function answerLater(
  exchange: Exchange,
  deferral: Deferral,
  principal: Principal,
  input: JsonValue,
  key: string | undefined,
): Promise<void> {
  const { operation, record, request, head } = exchange;
  const { requestId, trace } = record;
  const found = await deferral.accept({ operation, principal, input, key, context: { requestId, trace } });
  record.command = found.command;
  if (found.kind === 'answered') return replay(exchange, found.answer);
  if (prefersAsync(request.headers.prefer)) head.push('Preference-Applied', 'respond-async');
  if (found.isReplay) {
    record.isReplay = true;
    head.push('Idempotency-Replayed', 'true');
  }
  return sendAccepted(exchange, found.record);
}

/** 202: where to ask for the outcome, when, and how far it is now (RFC 9110, 15.3.3). */
export function sendAccepted(exchange: Exchange, record: DeferredRecord): Promise<void> | undefined {
  const { head } = exchange;
  const seconds = askAgainSeconds(record) ?? 0;
  head.push('Location', `${OPERATIONS_PATH}/${record.id}`, 'Retry-After', String(seconds));
  head.push('Cache-Control', 'no-store');
  return sendBody(exchange, ACCEPTED, 'application/json', toStatusDocument(record));
}
