/** RFC 9457. `code` says the same as `type` and is easier to switch on. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What happened and what to do. */
  readonly detail: string;
  readonly requestId?: string;
  /** Each thing wrong with the request. */
  readonly errors?: readonly InputFault[];
  /** Only after a failed write: it may have been carried out, so look before repeating it. */
  readonly outcome?: 'unknown';
  /** Element path in an answer that broke its contract. */
  readonly path?: string;
}

/** A fault of the body, by `pointer` (RFC 6901), or of a parameter, by `parameter` and `in`. */
export interface InputFault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly in?: 'path' | 'query' | 'header';
  readonly code: string;
  readonly detail: string;
}

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What happened and what to do, where the case at hand has nothing better to say. */
  readonly detail: string;
}

export type ProblemCode =
  | 'malformed-request'
  | 'malformed-json'
  | 'invalid-input'
  | 'token-missing'
  | 'token-invalid'
  | 'proof-invalid'
  | 'proof-nonce-missing'
  | 'insufficient-scope'
  | 'claim-missing'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'request-timeout'
  | 'operation-cancelled'
  | 'operation-started'
  | 'operation-not-carried-out'
  | 'operation-expired'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'expectation-failed'
  | 'declared-fault'
  | 'soap-client-fault'
  | 'idempotency-key-missing'
  | 'idempotency-key-invalid'
  | 'request-in-progress'
  | 'outcome-unknown'
  | 'answer-not-kept'
  | 'idempotency-key-reused'
  | 'commands-unavailable'
  | 'rate-limited'
  | 'headers-too-large'
  | 'internal-error'
  | 'soap-server-fault'
  | 'invalid-upstream-response'
  | 'upstream-not-verified'
  | 'upstream-cut-off'
  | 'upstream-too-large'
  | 'upstream-unreachable'
  | 'upstream-busy'
  | 'upstream-failing'
  | 'keys-unavailable'
  | 'overloaded'
  | 'stopping'
  | 'upstream-timeout';

/** Every problem there is; docs/errors.md lists the same. A declared fault takes status and code from its route. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    detail: 'The request is no valid HTTP, or its URL is not well encoded. Correct the client.',
  },
  'malformed-json': {
    status: 400,
    title: 'Malformed JSON',
    detail: 'The body is no JSON in UTF-8, or is nested too deep. Correct the client.',
  },
  'invalid-input': {
    status: 400,
    title: 'Invalid input',
    detail: 'Body or parameters do not fit the contract; each fault is listed in errors. Correct them.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'Idempotency-Key missing',
    detail: 'Send "Idempotency-Key: <a new UUID>", and the same one when you repeat this request.',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'Idempotency-Key invalid',
    detail:
      'The key is a string in quotes or a token without, of at most 255 characters of ASCII. A UUID will do.',
  },
  'token-missing': { status: 401, title: 'Token missing', detail: 'Send "Authorization: Bearer <token>".' },
  'token-invalid': {
    status: 401,
    title: 'Token invalid',
    detail:
      'The token is expired, from an unknown issuer, not for this API, or not signed as it must be. Get a new one.',
  },
  'proof-invalid': {
    status: 401,
    title: 'Proof invalid',
    detail:
      'The token is bound to a key, and the header DPoP holds no good proof of it for this request. Make a new one.',
  },
  'proof-nonce-missing': {
    status: 401,
    title: 'Nonce missing',
    detail: 'Repeat the request with a proof that holds the nonce in DPoP-Nonce.',
  },
  'insufficient-scope': {
    status: 403,
    title: 'Insufficient scope',
    detail: 'The token lacks a scope that the operation needs; WWW-Authenticate names them all.',
  },
  'claim-missing': {
    status: 403,
    title: 'Claim missing',
    detail:
      'The operation takes a member of its input from the token, and this token has no usable claim for it.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    detail: 'The API has no such path. /openapi.json lists those there are.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'The path exists, but not with this method; Allow lists those there are.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    detail: 'Answers are application/json. Say so in Accept, or leave it out.',
  },
  'request-timeout': {
    status: 408,
    title: 'Request timeout',
    detail: 'The request did not arrive in time. Send it again.',
  },
  'request-in-progress': {
    status: 409,
    title: 'Request in progress',
    detail:
      'A request with this Idempotency-Key is being carried out. Repeat it after Retry-After for its answer.',
  },
  'outcome-unknown': {
    status: 409,
    title: 'Outcome unknown',
    detail:
      'The first request with this Idempotency-Key may have been carried out, and is not sent again. Check the effect; send a new request with a new key only if there is none.',
  },
  'answer-not-kept': {
    status: 409,
    title: 'Answer not kept',
    detail:
      'The first request with this Idempotency-Key was answered, and is not sent again; its answer was too large to keep. Read what it changed.',
  },
  'operation-cancelled': {
    status: 409,
    title: 'Operation cancelled',
    detail: 'The operation was cancelled before it began. Send a new request with a new key.',
  },
  'operation-started': {
    status: 409,
    title: 'Operation started',
    detail: 'The operation has begun, or is over, and cannot be cancelled any more. Ask for its status.',
  },
  'operation-not-carried-out': {
    status: 409,
    title: 'Operation not carried out',
    detail:
      'It was not known whether the operation was carried out; people have found that it was not. Send a new request with a new key.',
  },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    detail: 'The body has more bytes than server.bodyBytes allows.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send the body as application/json in UTF-8, without a content encoding.',
  },
  'expectation-failed': {
    status: 417,
    title: 'Expectation failed',
    detail: 'The only expectation that is met is "Expect: 100-continue".',
  },
  'declared-fault': {
    status: 422,
    title: 'Fault of the service',
    detail: 'The service answered with a fault that its contract declares; fault holds its typed detail.',
  },
  'soap-client-fault': {
    status: 422,
    title: 'Refused by the service',
    detail: 'The service refused the request with a fault that its contract does not declare.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency-Key reused',
    detail: 'This Idempotency-Key stands for another request of yours. Send a new request with a new key.',
  },
  'rate-limited': { status: 429, title: 'Too many requests', detail: 'Wait as long as Retry-After says.' },
  'headers-too-large': {
    status: 431,
    title: 'Header fields too large',
    detail: 'Request line and header fields may have 16 KiB together. Send less.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    detail: 'Portico or its configuration has a defect. Report it with the requestId.',
  },
  'soap-server-fault': {
    status: 502,
    title: 'Fault in the service',
    detail:
      'The service failed, with a fault that its contract does not declare. Its reason is not passed on, as it may tell of its inside.',
  },
  'invalid-upstream-response': {
    status: 502,
    title: 'Invalid answer of the service',
    detail: 'The answer of the service breaks its contract or is no SOAP, so nothing of it is passed on.',
  },
  'upstream-not-verified': {
    status: 502,
    title: 'Answer of the service not verified',
    detail:
      'The answer of the service is not signed as it must be, or not fresh, so nothing of it is passed on.',
  },
  'upstream-cut-off': {
    status: 502,
    title: 'Answer of the service cut off',
    detail: 'The connection to the service ended before its answer was complete.',
  },
  'upstream-too-large': {
    status: 502,
    title: 'Answer of the service too large',
    detail: 'The answer of the service exceeds the limits.',
  },
  'upstream-unreachable': {
    status: 503,
    title: 'Service unreachable',
    detail: 'No connection to the service could be made. Try again after Retry-After.',
  },
  'upstream-busy': {
    status: 503,
    title: 'Service busy',
    detail: 'The service takes no more calls now. Try again after Retry-After.',
  },
  'upstream-failing': {
    status: 503,
    title: 'Service failing',
    detail:
      'The service has failed too often of late, so it is not called for a while. Try again after Retry-After.',
  },
  'keys-unavailable': {
    status: 503,
    title: 'Keys unavailable',
    detail:
      "The issuer's keys could not be fetched, so no token can be checked. Try again after Retry-After.",
  },
  'commands-unavailable': {
    status: 503,
    title: 'Commands unavailable',
    detail:
      'What a request with an Idempotency-Key needs cannot be stored now, so it was not sent. Repeat it with the same key after Retry-After.',
  },
  'operation-expired': {
    status: 503,
    title: 'Operation expired',
    detail:
      'The service could not carry the operation out in the time it had, and nothing was done. Send a new request with a new key.',
  },
  overloaded: {
    status: 503,
    title: 'Overloaded',
    detail:
      'This instance has as many requests as it can answer. Nothing was done; try again after Retry-After.',
  },
  stopping: {
    status: 503,
    title: 'Stopping',
    detail: 'This instance is shutting down. Another one will answer.',
  },
  'upstream-timeout': {
    status: 504,
    title: 'Service timeout',
    detail: 'The service did not answer in time.',
  },
};

/** `https://portico.dev/problems/<code>`: an identifier, described in docs/errors.md; nothing needs to fetch it. */
export function problemType(code: ProblemCode): string {
  return `https://portico.dev/problems/${code}`;
}

/** A problem on its way to the edge, with the header fields that go with it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    members: Partial<Problem> = {},
    headers: Readonly<Record<string, string>> = {},
    options: { readonly cause?: unknown } = {},
  ) {
    super(code, options);
    this.problem = toProblem(code, members);
    this.headers = headers;
  }
}

export function toProblem(code: ProblemCode, members: Partial<Problem> = {}): Problem {
  return { type: problemType(code), code, ...problemKinds[code], ...members };
}
