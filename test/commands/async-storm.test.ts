import assert from 'node:assert/strict';
import { runAsyncStorm } from './run-async-storm.ts';

describe('commands that are answered 202 while the core is away', function () {
  this.timeout(180_000);

  it('are each carried out once, and told of truly at every poll, though one of two facades is killed', async () => {
    const result = await runAsyncStorm({ commands: 120, downSeconds: 3 });
    assert.deepEqual(result.faults, []);
    assert.deepEqual([result.accepted, result.effects], [120, 120]);
    assert.ok(result.seen['accepted']! > 0 && result.seen['succeeded']! >= 120);
  });
});
