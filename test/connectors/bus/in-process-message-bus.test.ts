import assert from 'node:assert/strict';
import { createInProcessMessageBus } from '../../../connectors/bus/in-process-message-bus.ts';
import { behavesAsMessageBus, publicationOf, topologyOfTest } from './behaves-as-message-bus.ts';

describe('in-process message bus', () => {
  behavesAsMessageBus((topology, observer) =>
    createInProcessMessageBus({ topology, ...(observer && { observer }) }),
  );

  it('says no when its queues are full, and takes messages again when there is room', async () => {
    const topology = topologyOfTest();
    const [queue, exchange] = [topology.queues[0]!.name, topology.exchanges[0]!];
    const bus = createInProcessMessageBus({ topology, mostMessages: 2, mostBytes: 10 });
    const publish = (text: string): Promise<unknown> => bus.publish(publicationOf(exchange, 'pay.now', text));
    const full = { code: 'FULL', mayHaveBeenPublished: false };
    await publish('1');
    await assert.rejects(publish('ten bytes.'), full);
    await publish('2');
    await assert.rejects(publish('3'), full);
    await bus.sift(queue, { most: 1, deadline: Infinity }, async () => 'remove');
    await publish('3');
    await bus.close();
  });
});
