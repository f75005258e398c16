import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { toIban } from '../../examples/bank/iban.ts';
import type { Random } from './random.ts';

/** What a client knows of one transfer that it wants. */
export interface Wish {
  readonly key: string;
  /** Of every answer 201 that it got. */
  readonly bodies: Set<string>;
  /** How often it asked. */
  attempts: number;
}

/** Counts of answers, by status and problem code; `lost` where none came. */
export type Tally = Map<string, number>;

export interface ClientOptions {
  readonly token: string;
  /** Where to ask; another one each time. */
  readonly urlOf: () => string;
  readonly random: Random;
  readonly tally: Tally;
}

export const AMOUNT = '0.01';

/** A request for a transfer of `AMOUNT`. */
export const TRANSFER: string = JSON.stringify({
  payment: {
    '@type': 'DomesticPayment',
    debtorAccountId: 'acc-1001',
    creditor: { name: 'Ben Okafor', iban: toIban('20010001') },
    amount: AMOUNT,
    currency: 'EUR',
  },
});
const PATIENCE_MS = { least: 50, most: 3000 };
const LONGEST_WAIT_MS = 1000;

export function newWish(): Wish {
  return { key: randomUUID(), bodies: new Set(), attempts: 0 };
}

/** Asks once, patiently or not. @returns whether it was answered. */
async function ask(
  wish: Wish,
  { token, urlOf, random, tally }: ClientOptions,
  isPatient: boolean,
): Promise<boolean> {
  wish.attempts += 1;
  const patience = isPatient ? PATIENCE_MS.most * 10 : random.between(PATIENCE_MS.least, PATIENCE_MS.most);
  try {
    const response = await fetch(`${urlOf()}/v1/transfers`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': wish.key,
      },
      body: TRANSFER,
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    if (response.status === 201) wish.bodies.add(text);
    count(tally, response.status === 201 ? kindOf(response) : codeOf(text));
    if (response.status === 201) return true;
    const wait = Number(response.headers.get('retry-after') ?? 0) * 1000;
    await setTimeout(Math.min(wait, LONGEST_WAIT_MS) * random.next());
  } catch {
    count(tally, 'lost');
    await setTimeout(random.between(0, 100));
  }
  return false;
}

function kindOf({ headers }: Response): string {
  return headers.has('idempotency-replayed') ? '201 replayed' : '201';
}

function codeOf(text: string): string {
  return (JSON.parse(text) as { readonly code: string }).code;
}

function count(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

/** Asks until it is answered or loses heart; at times twice at once. */
export async function pursue(wish: Wish, options: ClientOptions): Promise<void> {
  const { random } = options;
  const most = random.between(1, 12);
  while (wish.attempts < most) {
    const asked = [ask(wish, options, false), ...(random.next() < 0.2 ? [ask(wish, options, false)] : [])];
    if ((await Promise.all(asked)).some(Boolean)) return;
  }
}

/** Asks until it is answered. @throws Error after `deadline` (milliseconds since the epoch). */
export async function settle(wish: Wish, options: ClientOptions, deadline: number): Promise<void> {
  while (!(await ask(wish, options, true)))
    if (Date.now() > deadline) throw new Error(`the key ${wish.key} cannot be settled`);
}
