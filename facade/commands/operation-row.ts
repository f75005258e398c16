import { toAnswer, type AnswerRow } from './answer-row.ts';
import type { DeferredRecord, DeferredState } from './deferred-store.ts';

/** The columns of an operation and of its command's answer, in both databases. */
export interface OperationRow extends AnswerRow {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly route: string;
  readonly caller: string;
  readonly state: DeferredState;
  readonly accepted_at: number;
  readonly give_up_at: number;
  readonly finished_at: number | null;
  readonly tries: number;
  readonly reason: string | null;
  readonly is_answered: number | boolean | null;
}

export function toRecord(row: OperationRow): DeferredRecord {
  const { id, service, name, route, caller, state, tries } = row;
  return {
    id,
    service,
    name,
    route,
    caller,
    state,
    tries,
    acceptedAt: row.accepted_at,
    giveUpAt: row.give_up_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(Boolean(row.is_answered) && { answer: toAnswer(row) }),
  };
}
