import type { KeptAnswer } from '../../commands/command-store.ts';
import { gather } from '../../operations/gather.ts';
import type { Answer } from '../../operations/read-answer.ts';
import { endWith } from '../end-with.ts';
import type { Exchange } from '../exchange.ts';
import { problemOfFault } from '../problem-of-fault.ts';
import { ProblemError } from '../problem.ts';
import { sendBody } from '../send-answer.ts';
import { problemBody } from '../send-problem.ts';
import { writeHead } from '../write-head.ts';

/** Larger answers are given once, and not kept. */
const MOST_BYTES = 8 * 1024 * 1024;
const NO_CONTENT = 204;

/** An answer as bytes: what goes out, and goes out again. */
export interface WholeAnswer extends KeptAnswer {
  readonly body: Uint8Array;
}

/** @throws ConnectorError, DecodeError where the rest of a stream is not what its beginning promised. */
export async function toWholeAnswer(exchange: Exchange, answer: Answer): Promise<WholeAnswer> {
  const { route } = exchange.operation;
  const { status } = route;
  switch (answer.kind) {
    case 'message':
      return route.hasOutput
        ? { status, contentType: 'application/json', body: answer.json }
        : { status, body: answer.json };
    case 'stream':
      return { status, contentType: 'application/json', body: await wholeOf(answer.json) };
    case 'binary':
      if (answer.content === undefined) return { status: NO_CONTENT, body: new Uint8Array() };
      return { status, contentType: 'application/octet-stream', body: await wholeOf(answer.content) };
    case 'fault': {
      const { problem, fault } = problemOfFault(route, answer.fault);
      const { requestId } = exchange.record;
      exchange.record.code = problem.code;
      exchange.record.ending = 'fault';
      return {
        status: problem.status,
        contentType: 'application/problem+json',
        body: problemBody({ ...problem, requestId }, fault),
      };
    }
  }
}

async function wholeOf(content: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  return (await gather(content, Infinity)).bytes;
}

/** What the store gets of it. */
export function toKept({ body, ...head }: WholeAnswer): KeptAnswer {
  return body.length > MOST_BYTES ? head : { ...head, body };
}

export function sendWholeAnswer(exchange: Exchange, answer: WholeAnswer): Promise<void> | undefined {
  const { response, head } = exchange;
  const { status, contentType, body } = answer;
  head.push('Cache-Control', 'no-store');
  if (contentType === undefined) {
    writeHead(response, status, head).end();
    return undefined;
  }
  if (contentType === 'application/json') return sendBody(exchange, status, contentType, body);
  head.push('Content-Type', contentType, 'Content-Length', String(body.length));
  endWith(writeHead(response, status, head), body);
  return undefined;
}

/** The first answer once more: the same status, content and type. @throws ProblemError 409 if it was not kept. */
export function replay(exchange: Exchange, { body, ...head }: KeptAnswer): Promise<void> | undefined {
  if (body === undefined) throw new ProblemError('answer-not-kept');
  exchange.record.isReplay = true;
  exchange.head.push('Idempotency-Replayed', 'true');
  return sendWholeAnswer(exchange, { ...head, body });
}
