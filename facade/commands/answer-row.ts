import type { KeptAnswer } from './command-store.ts';

/** The columns of an answered command, in both databases. */
export interface AnswerRow {
  readonly status: number | null;
  readonly content_type: string | null;
  readonly body: Uint8Array | null;
}

export function toAnswer({ status, content_type, body }: AnswerRow): KeptAnswer {
  return {
    status: status!,
    ...(content_type !== null && { contentType: content_type }),
    ...(body !== null && { body }),
  };
}
