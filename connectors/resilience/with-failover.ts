import type { SoapReply, SoapRequest } from '../connector.ts';
import type { Endpoint, Send } from './endpoint.ts';
import { isRepeatable, wasRefusedHere, type RepeatPermit } from './repeat-permit.ts';
import type { FailoverStrategy } from './resilience-options.ts';

/** Sends to an endpoint that works; what fails there and may be repeated goes to the next, each at most once. */
export function withFailover(
  endpoints: readonly Endpoint[],
  strategy: FailoverStrategy,
  permit: RepeatPermit,
): Send {
  const [only] = endpoints;
  if (endpoints.length === 1 && only !== undefined) return only.send;
  let turn = 0;
  return (request) => {
    const start = strategy === 'priority' ? 0 : turn++ % endpoints.length;
    const inTurn = [...endpoints.slice(start), ...endpoints.slice(0, start)];
    return sendToFirst(usable(inTurn, request), request, permit);
  };
}

/**
 * Those whose circuit is closed; a safe call may also find out whether another is back. If there is none, whichever can be
 * asked soonest.
 */
function usable(endpoints: readonly Endpoint[], { isSafe = false }: SoapRequest): readonly Endpoint[] {
  const closed = endpoints.filter(({ breaker }) => breaker.circuit === 'closed');
  const asked = endpoints.filter(({ breaker }) => !breaker.isRefusing);
  const fit = isSafe || closed.length === 0 ? asked : closed;
  if (fit.length > 0) return fit;
  return endpoints
    .toSorted((left, right) => left.breaker.retryAfterMs - right.breaker.retryAfterMs)
    .slice(0, 1);
}

async function sendToFirst(
  endpoints: readonly Endpoint[],
  request: SoapRequest,
  permit: RepeatPermit,
): Promise<SoapReply> {
  const last = endpoints.length - 1;
  for (const { send } of endpoints.slice(0, last)) {
    try {
      return await send(request);
    } catch (error) {
      if (!isRepeatable(request, error)) throw error;
      if (!wasRefusedHere(error) && !permit.spend()) throw error;
    }
  }
  return endpoints[last]!.send(request);
}
