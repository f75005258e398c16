import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../exchange.ts';
import { ProblemError } from '../problem.ts';

/** Characters, decoded. */
const LONGEST = 255;
/** RFC 8941, 3.3.3. */
const QUOTED = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;
/** What most clients send, a UUID without quotes; no comma, which would join two fields. */
const BARE = /^[A-Za-z0-9!#$%&'*+.^_`|~:/=@-]+$/;

/** The key, where it means something to the route. @throws ProblemError 400 if it is no key, or is missing and required. */
export function keyOf({ request, operation }: Pick<Exchange, 'request' | 'operation'>): string | undefined {
  const { idempotency } = operation.route;
  if (idempotency === undefined) return undefined;
  const key = readIdempotencyKey(request);
  if (key === undefined && idempotency.key === 'required') throw new ProblemError('idempotency-key-missing');
  return key;
}

/**
 * The key of a request (draft-ietf-httpapi-idempotency-key-header), a string in quotes or a bare token; the two spell the same
 * key. @returns undefined if there is none. @throws ProblemError 400
 */
function readIdempotencyKey({ headers }: IncomingMessage): string | undefined {
  const field = headers['idempotency-key'];
  if (field === undefined) return undefined;
  const text = String(field).trim();
  const key = QUOTED.exec(text)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? (BARE.test(text) ? text : '');
  if (key === '' || key.length > LONGEST) throw new ProblemError('idempotency-key-invalid');
  return key;
}
