import type { ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { Problem } from './problem.ts';

/** Writes an application/problem+json answer. `fault` are JSON bytes, put in as the last member as they are. */
export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
  fault?: Uint8Array,
): void {
  const body = problemBody(problem, fault);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = problem.status;
  response.setHeader('Content-Type', 'application/problem+json');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', body.length);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** The document. `fault` as in `sendProblem`. */
export function problemBody(problem: Problem, fault?: Uint8Array): Buffer {
  const text = Buffer.from(JSON.stringify(problem));
  if (fault === undefined) return text;
  return Buffer.concat([text.subarray(0, -1), Buffer.from(',"fault":'), fault, Buffer.from('}')]);
}

/** The same for an operation, with the header fields that its policies have set. */
export function answerProblem(
  { response, standing, head }: Pick<Exchange, 'response' | 'standing' | 'head'>,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
  fault?: Uint8Array,
): void {
  const fields = [...standing, ...head];
  for (let index = 0; index < fields.length; index += 2)
    response.appendHeader(fields[index]!, fields[index + 1]!);
  sendProblem(response, problem, headers, fault);
}
