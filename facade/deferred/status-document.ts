import type { DeferredRecord, DeferredState } from '../commands/deferred-store.ts';

/** How far an operation is, as its caller is told. */
export type OperationStatus = 'accepted' | 'running' | 'succeeded' | 'failed' | 'unknown' | 'cancelled';

/** What waits to be settled has not come to its end. */
const SHOWN: Readonly<Record<DeferredState, OperationStatus>> = {
  accepted: 'accepted',
  running: 'running',
  unsettled: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: 'cancelled',
};

const LONGEST_SECONDS = 30;

/** The document at `/v1/operations/{id}`, as JSON bytes: the answer of the operation is in it as it is. */
export function toStatusDocument(record: DeferredRecord): Buffer {
  const { id, name, state, acceptedAt, finishedAt, giveUpAt, tries, reason, answer } = record;
  const status = SHOWN[state];
  const head = {
    id,
    operation: name,
    status,
    acceptedAt: isoTime(acceptedAt),
    ...(finishedAt === undefined ? { expiresAt: isoTime(giveUpAt) } : { finishedAt: isoTime(finishedAt) }),
    attempts: tries,
    ...(reason !== undefined && finishedAt === undefined && { reason }),
    ...(answer !== undefined && status !== 'cancelled' && { answerStatus: answer.status }),
  };
  const member = status === 'succeeded' ? 'result' : status === 'failed' ? 'problem' : undefined;
  const text = Buffer.from(JSON.stringify(head));
  if (member === undefined || answer?.body === undefined || answer.body.length === 0) return text;
  return Buffer.concat([text.subarray(0, -1), Buffer.from(`,"${member}":`), answer.body, Buffer.from('}')]);
}

/** When it is worth asking again, in seconds; undefined: nothing changes any more. */
export function askAgainSeconds({ finishedAt, tries }: DeferredRecord): number | undefined {
  if (finishedAt !== undefined) return undefined;
  return Math.min(LONGEST_SECONDS, 2 ** Math.max(0, tries - 1));
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
