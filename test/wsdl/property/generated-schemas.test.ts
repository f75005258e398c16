import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkPair, type Outcome } from './check-pair.ts';
import { decisions } from './schema-arbitrary.ts';

/** Pairs of a schema and a value. A run with PORTICO_PROPERTY_RUNS of them is a new one, unless PORTICO_PROPERTY_SEED repeats it. */
const { PORTICO_PROPERTY_RUNS, PORTICO_PROPERTY_SEED } = process.env;
const RUNS = Number(PORTICO_PROPERTY_RUNS ?? 500);
const SEED = Number(
  PORTICO_PROPERTY_SEED ?? (PORTICO_PROPERTY_RUNS === undefined ? 20_261_121 : Date.now() % 0x7fffffff),
);

describe('any schema and any value that fits it', function () {
  this.timeout(60_000 + RUNS * 200);
  this.retries(0);

  it(`goes to XML that libxml2 finds valid, and comes back the same (${RUNS} pairs)`, async () => {
    const outcomes: Record<Outcome, number> = { held: 0, 'refused by libxml2': 0, 'without a value': 0 };
    const property = fc.asyncProperty(decisions, async (pair) => {
      outcomes[await checkPair(pair)] += 1;
    });
    const limits = { interruptAfterTimeLimit: 20_000 + RUNS * 150, markInterruptAsFailure: true };
    await fc.assert(property, { numRuns: RUNS, seed: SEED, ...limits });
    const held = outcomes.held / RUNS;
    assert.ok(held > 0.8, `only ${JSON.stringify(outcomes)} of ${RUNS} pairs were real ones`);
  });
});
