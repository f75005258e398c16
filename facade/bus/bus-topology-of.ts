import type { BusTopology, QueueTopology } from '../../connectors/index.ts';
import type { PorticoConfig } from '../config/config.ts';
import type { ConsumerConfig } from '../config/consumer-config.ts';
import { inboxQueueOf } from '../events/event-patterns.ts';

/** More than processes that end at a bad moment bring about; a message that ends each of them comes to an end as well. */
const DELIVERY_LIMIT = 100;

/** What a configuration needs at the broker. */
export function busTopologyOf({
  bus,
  services,
  events,
}: Pick<PorticoConfig, 'bus' | 'services' | 'events'>): BusTopology {
  const { topology, exchange, exchanges, deadLetterExchange, consumers } = bus;
  const inbox = inboxQueueOf(events, exchange);
  const bound = consumers.flatMap(({ bindings }) => bindings.map((binding) => binding.exchange));
  return {
    mode: topology,
    exchanges: [...new Set([exchange, ...exchanges, ...bound])],
    foreignExchanges: foreignExchangesOf(services),
    deadLetterExchange,
    queues: [...consumers.map(queueOf), ...(inbox ? [inbox] : [])],
  };
}

/** What services read from is theirs. */
function foreignExchangesOf(services: PorticoConfig['services']): readonly string[] {
  const named = Object.values(services).map(({ amqp }) => amqp?.exchange);
  return [...new Set(named.filter((exchange) => exchange !== undefined))];
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
