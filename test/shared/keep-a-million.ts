import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { toCachedAnswer } from '../../facade/http/cache/cached-answer.ts';
import { MemoryAnswerStore } from '../../facade/http/cache/memory-answer-store.ts';

const BOUND = 64 * 1024 * 1024;
const KEYS = 1_000_000;
const AN_HOUR = 3_600_000;

/** Keeps a million small answers in a cache that is too small for them, and measures what it takes. */
export function keepAMillion(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  const store = new MemoryAnswerStore(BOUND, Date.now);
  for (let index = 0; index < KEYS; index += 1) {
    const key = `bank GET /v1/accounts/{accountId}\nsubject ["https://login.bank.example","customer-${index}"]\n{"customerId":"c${index}","accountId":"${index}"}`;
    const json = Buffer.from(
      JSON.stringify({ accountId: String(index), balance: '1.00', owner: 'x'.repeat(200) }),
    );
    store.store(key, [`account:${index}`], toCachedAnswer(json, Date.now()), store.find(key).mark, AN_HOUR);
  }
  const grown = used() - before;
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  console.log(
    `a million answers: ${megabytes(store.bytes)} MB by its own count, ${megabytes(grown)} MB of memory, bound ${megabytes(BOUND)} MB`,
  );
  assert.ok(store.bytes <= BOUND && store.bytes > BOUND * 0.9);
  assert.ok(grown <= BOUND, `${grown}`);
}
