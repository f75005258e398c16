import type { CallerSignal } from '../caller-signal.ts';
import type { SoapReply, SoapRequest } from '../connector.ts';
import type { Send } from './endpoint.ts';
import { isRepeatable, wasRefusedHere, type RepeatPermit } from './repeat-permit.ts';

export interface RetryScope {
  /** Attempts after the first. */
  readonly most: number;
  readonly permit: RepeatPermit;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly onRepeat: (attempt: number) => void;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;

/**
 * Sends again what failed and may be repeated, after a wait of full jitter (random from 0 to a bound that doubles), and
 * never past the deadline.
 */
export function withRetries(send: Send, scope: RetryScope): Send {
  return (request) => {
    scope.permit.earn();
    return send(request).catch((error: unknown) => again(send, scope, request, error));
  };
}

async function again(
  send: Send,
  { most, permit, random, onRepeat }: RetryScope,
  request: SoapRequest,
  firstError: unknown,
): Promise<SoapReply> {
  let error = firstError;
  for (let retry = 0; retry < most; retry += 1) {
    const wait = random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry);
    if (!isWorthIt(request, error) || Date.now() + wait >= request.deadline || !permit.spend()) break;
    if (!(await waited(wait, request.signal))) break;
    onRepeat(retry + 2);
    try {
      return await send(request);
    } catch (nextError) {
      error = nextError;
    }
  }
  throw error;
}

/** What was refused here, or told when to come again, is not helped by trying again at once. */
function isWorthIt(request: SoapRequest, error: unknown): boolean {
  return isRepeatable(request, error) && !wasRefusedHere(error) && !namesTime(error);
}

function namesTime(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UNAVAILABLE';
}

/** False if the caller has given up meanwhile. */
function waited(milliseconds: number, signal: CallerSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve(signal?.aborted !== true);
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
