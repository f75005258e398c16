import assert from 'node:assert/strict';
import { startRabbitMq } from '../services/rabbitmq.ts';
import { skipBecause } from '../services/skip-because.ts';
import { runBusStorm } from './run-bus-storm.ts';

describe('a storm of commands over RabbitMQ', function () {
  this.timeout(180_000);

  it('does each once and loses none, with the broker ended, connections cut and two facades killed', async function () {
    const broker = await startRabbitMq();
    if (typeof broker === 'string') return skipBecause(this, broker);
    try {
      if (broker.restart === undefined) return skipBecause(this, 'the broker is not ours to end');
      const result = await runBusStorm({ broker, commands: 150, kills: 2, restarts: 1, cuts: 2, seed: 7 });
      assert.deepEqual(result.faults, []);
      assert.deepEqual([result.kills, result.restarts], [2, 1]);
      assert.ok(result.connectionsCut > 0);
      assert.deepEqual([result.lost, result.doubled], [0, 0]);
      const dead = Object.values(result.dead).reduce((sum, count) => sum + count, 0);
      assert.ok(result.done + dead >= 150);
    } finally {
      await broker.stop();
    }
  });
});
