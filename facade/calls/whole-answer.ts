import type { KeptAnswer } from '../commands/command-store.ts';
import { problemOfFault } from '../http/problem-of-fault.ts';
import { problemBody } from '../http/send-problem.ts';
import { gather } from '../operations/gather.ts';
import type { Answer } from '../operations/read-answer.ts';
import type { Route } from '../../openapi/index.ts';

/** Larger answers are given once, and not kept. */
const MOST_BYTES = 8 * 1024 * 1024;
const NO_CONTENT = 204;

/** An answer as bytes: what goes out, and goes out again. */
export interface WholeAnswer extends KeptAnswer {
  readonly body: Uint8Array;
  /** Of a fault: the code of its problem. */
  readonly code?: string;
}

/**
 * An answer to a call of `route`, all of it. `requestId` is told in problems.
 * @throws ConnectorError, DecodeError where the rest of a stream is not what its beginning promised.
 */
export async function toWholeAnswer(route: Route, answer: Answer, requestId: string): Promise<WholeAnswer> {
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
      return {
        status: problem.status,
        contentType: 'application/problem+json',
        body: problemBody({ ...problem, requestId }, fault),
        code: problem.code,
      };
    }
  }
}

async function wholeOf(content: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  return (await gather(content, Infinity)).bytes;
}

/** What the store gets of it. */
export function toKept({ status, contentType, body }: WholeAnswer): KeptAnswer {
  const head = { status, ...(contentType !== undefined && { contentType }) };
  return body.length > MOST_BYTES ? head : { ...head, body };
}
