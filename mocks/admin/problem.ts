import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { send } from '../send.ts';

/** What the admin API refuses (RFC 9457). */
export class AdminProblem extends Error {
  override readonly name = 'AdminProblem';
  readonly status: number;
  /** Further members: what is wrong, one by one. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(status: number, detail: string, members: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.members = members;
  }
}

export function sendProblem(response: ServerResponse, { status, message, members }: AdminProblem): void {
  const title = STATUS_CODES[status] ?? 'Error';
  const problem = { type: 'about:blank', title, status, detail: message, ...members };
  const headers = status === 413 ? { connection: 'close' } : {};
  send(response, status, 'application/problem+json', JSON.stringify(problem), headers);
}
