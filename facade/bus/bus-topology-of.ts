import type { BusTopology, QueueTopology } from '../../connectors/index.ts';
import type { BusConfig } from '../config/bus-config.ts';
import type { ConsumerConfig } from '../config/consumer-config.ts';

/** More than processes that end at a bad moment bring about; a message that ends each of them comes to an end as well. */
const DELIVERY_LIMIT = 100;

/** What a configuration needs at the broker. */
export function busTopologyOf(bus: BusConfig): BusTopology {
  const { topology, exchange, exchanges, deadLetterExchange, consumers } = bus;
  const bound = consumers.flatMap(({ bindings }) => bindings.map((binding) => binding.exchange));
  return {
    mode: topology,
    exchanges: [...new Set([exchange, ...exchanges, ...bound])],
    deadLetterExchange,
    queues: consumers.map(queueOf),
  };
}

function queueOf({ queue, type, bindings, retrySeconds }: ConsumerConfig): QueueTopology {
  return {
    name: queue,
    type,
    bindings,
    retryDelaysMs: retrySeconds.map((seconds) => seconds * 1000),
    deliveryLimit: DELIVERY_LIMIT,
  };
}
