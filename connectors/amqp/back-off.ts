import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** Doubling pauses, each of a random length between half of it and all of it: a thousand clients do not come back at once. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  await delay(whole * (0.5 + Math.random() / 2), undefined, { signal, ref: true }).catch(() => undefined);
}
