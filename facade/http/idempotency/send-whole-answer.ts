import type { WholeAnswer } from '../../calls/whole-answer.ts';
import type { KeptAnswer } from '../../commands/command-store.ts';
import { endWith } from '../end-with.ts';
import type { Exchange } from '../exchange.ts';
import { ProblemError } from '../problem.ts';
import { sendBody } from '../send-answer.ts';
import { writeHead } from '../write-head.ts';

/** With its length; as it is, not compressed, where it is no JSON. */
export function sendWholeAnswer(exchange: Exchange, answer: WholeAnswer): Promise<void> | undefined {
  const { head } = exchange;
  const { status, contentType, body } = answer;
  head.push('Cache-Control', 'no-store');
  if (contentType === undefined) {
    writeHead(exchange, status).end();
    return undefined;
  }
  if (contentType === 'application/json') return sendBody(exchange, status, contentType, body);
  head.push('Content-Type', contentType, 'Content-Length', String(body.length));
  endWith(writeHead(exchange, status), body);
  return undefined;
}

/** The first answer once more: the same status, content and type. @throws ProblemError 409 if it was not kept. */
export function replay(exchange: Exchange, { body, ...head }: KeptAnswer): Promise<void> | undefined {
  if (body === undefined) throw new ProblemError('answer-not-kept');
  exchange.record.isReplay = true;
  exchange.head.push('Idempotency-Replayed', 'true');
  return sendWholeAnswer(exchange, { ...head, body });
}
