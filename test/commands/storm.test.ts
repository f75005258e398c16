import assert from 'node:assert/strict';
import { runStorm } from './run-storm.ts';

describe('a storm of transfers', function () {
  this.timeout(120_000);

  it('does each once and loses none, with lost answers, impatient clients and two kills', async () => {
    const result = await runStorm({ transfers: 100, killEvery: 40, seed: 7, clients: 16 });
    assert.deepEqual(result.faults, []);
    assert.equal(result.kills, 2);
    assert.equal(result.acknowledged + result.settledAfterwards, 100);
    assert.ok(result.requests > 100);
  });
});
