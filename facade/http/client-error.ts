import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { toProblem, type ProblemCode } from './problem.ts';
import { securityHead } from './security-headers.ts';

const clientProblems: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/**
 * What is no HTTP has no response object; the answer is written by hand, after those to the requests before it: an answer
 * that overtakes is taken for one of theirs. `answersOn` are those that are still to come.
 */
export function createClientErrorListener(
  answersOn: (socket: Socket) => readonly ServerResponse[],
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  // What comes after the first error is no HTTP either, and says nothing new.
  const answered = new WeakSet<Socket>();
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || answered.has(socket)) return;
    answered.add(socket);
    const bytes = toBytes(clientProblems[error.code ?? ''] ?? 'malformed-request');
    const before = answersOn(socket).map((response) => once(response, 'close'));
    if (before.length === 0) socket.end(bytes);
    else void Promise.all(before).then(() => socket.end(bytes));
  };
}

const securityLines = securityHead.flatMap((name, index) =>
  index % 2 === 0 ? [`${name}: ${securityHead[index + 1] ?? ''}`] : [],
);

function toBytes(code: ProblemCode): string {
  const problem = toProblem(code);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    'Cache-Control: no-store',
    ...securityLines,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
