import { ConnectorError } from '../connector.ts';
import { REFUSED, type CircuitBreaker, type MonotonicClock } from './circuit-breaker.ts';
import type { Send } from './endpoint.ts';
import { watchReply } from './watch-reply.ts';

/** What the breaker of an endpoint needs to know beside the calls. */
export interface CircuitScope {
  readonly url: string;
  readonly breaker: CircuitBreaker;
  readonly timeoutMs: number;
  readonly now: MonotonicClock;
  readonly onRefused: () => void;
  readonly onCall: (ms: number, error: unknown) => void;
}

const FIRST_SERVER_ERROR = 500;

/** A timeout accuses the service only if it had at least this share of its time: a client in a hurry proves nothing. */
const FAIR_SHARE = 0.5;

/** Sends while the breaker admits it, and tells the breaker how each call ended, the reading of its answer included. */
export function withCircuitBreaker(send: Send, scope: CircuitScope): Send {
  const { breaker, now } = scope;
  return (request) => {
    const ticket = breaker.admit();
    if (ticket === REFUSED) return refuse(scope);
    const startedAt = now();
    const judge = (error: unknown): void => {
      const ms = now() - startedAt;
      scope.onCall(ms, error);
      const verdict = error === undefined ? 'success' : verdictOn(error, ms, scope.timeoutMs);
      if (verdict === 'success') breaker.succeeded(ticket);
      else if (verdict === 'failure') breaker.failed(ticket);
    };
    return send(request).then(
      (reply) => watchReply(reply, judge),
      (error: unknown) => {
        judge(error);
        throw error;
      },
    );
  };
}

/** Refuses at once what would only wait for a place to be refused then. */
export function refuseWhileOpen(send: Send, scope: CircuitScope): Send {
  return (request) => (scope.breaker.isRefusing ? refuse(scope) : send(request));
}

function refuse({ url, breaker, onRefused }: CircuitScope): Promise<never> {
  onRefused();
  const retryAfter = Math.max(1, Math.ceil(breaker.retryAfterMs / 1000));
  const message = `${url}: not called, as it has failed too often of late`;
  return Promise.reject(new ConnectorError('CIRCUIT_OPEN', message, { mayHaveBeenSent: false, retryAfter }));
}

/** A SOAP Fault is no error at all here: whoever says it works. */
function verdictOn(error: unknown, elapsed: number, timeoutMs: number): 'success' | 'failure' | 'nothing' {
  if (!(error instanceof ConnectorError)) return 'nothing';
  switch (error.code) {
    case 'CONNECT_FAILED':
    case 'CUT_OFF':
      return 'failure';
    case 'TIMEOUT':
      return elapsed >= timeoutMs * FAIR_SHARE ? 'failure' : 'nothing';
    case 'NOT_SOAP':
    case 'UNAVAILABLE':
      return (error.status ?? 0) >= FIRST_SERVER_ERROR ? 'failure' : 'success';
    case 'TOO_LARGE':
    case 'NOT_VERIFIED':
      return 'success';
    case 'ABORTED':
    case 'TOO_BUSY':
    case 'CIRCUIT_OPEN':
      return 'nothing';
  }
}
