import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { checkRow } from './check-row.ts';
import { readContractFolder } from './inventory.ts';
import { readKnownGaps, surprises } from './known-gaps.ts';
import { lostOutcome } from './outcome.ts';
import { runPool } from './pool.ts';

const folder = join(import.meta.dirname, '../fixtures/contracts');

describe('the fixtures, one contract a construct,', () => {
  const { rows, catalog } = readContractFolder(folder);
  const known = readKnownGaps(join(folder, 'known-gaps.json'));

  for (const row of rows) {
    const isGap = Object.hasOwn(known, row.contract);
    it(`${row.contract} ${isGap ? 'is a known gap' : row.tier === 'negative' ? 'is refused' : 'passes the doctor'}`, async () => {
      const outcome = await checkRow(row, { catalog });
      assert.deepEqual(surprises([outcome], known), []);
      assert.equal(outcome.refusal, undefined);
    });
  }

  it('are all in the inventory', () => {
    const listed = new Set(rows.map(({ contract }) => contract));
    const files = readdirSync(folder).filter((file) => file.endsWith('.wsdl'));
    assert.deepEqual(
      files.filter((file) => !listed.has(file)),
      [],
    );
  });
});

describe('a run over a folder of contracts', () => {
  const { rows, catalog } = readContractFolder(folder);
  const few = rows.slice(0, 2);
  const options = { catalog, isQuick: true, workers: 2, maxSeconds: 60, maxMemory: 1e9 };

  it('gives an outcome for each contract', async () => {
    const { outcomes } = await runPool(few, options);
    assert.deepEqual(
      outcomes.map(({ passed }) => passed),
      [true, true],
    );
  });

  it('counts a contract that takes too long as failed, and goes on', async () => {
    const { outcomes } = await runPool(few, { ...options, workers: 1, maxSeconds: 0.001 });
    assert.deepEqual(
      outcomes.map(({ causes }) => causes[0]?.kind),
      ['limit', 'limit'],
    );
  });

  it('fails for a gap that passes, and for a failure that is no known gap', () => {
    const failed = lostOutcome('a.wsdl', 1, 'why');
    assert.deepEqual(surprises([failed], { 'a.wsdl': 'reason' }), []);
    assert.match(surprises([failed], {})[0]!, /a.wsdl fails: limit: why/);
    assert.match(surprises([{ ...failed, passed: true, causes: [] }], { 'a.wsdl': 'x' })[0]!, /passes now/);
  });
});
