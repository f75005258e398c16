import {
  ACK,
  createAmqpMessageBus,
  createSoapAmqpConnector,
  type Connector,
} from '../../connectors/index.ts';
import type { BusContender } from './contender.ts';

const DEADLINE_MS = 10_000;

/** The message bus and SOAP over AMQP, as the facade uses them. */
export async function startOurs(url: string, prefetch: number): Promise<BusContender> {
  const bus = createAmqpMessageBus({
    urls: [url],
    topology: { mode: 'declare', exchanges: [], deadLetterExchange: 'bench.dead', queues: [] },
  });
  await bus.opened(Date.now() + DEADLINE_MS);
  const connectors = new Map<string, Connector>();
  const connectorTo = (routingKey: string): Connector => {
    const known = connectors.get(routingKey);
    if (known !== undefined) return known;
    const connector = createSoapAmqpConnector({ bus, service: 'bench', exchange: '', routingKey });
    connectors.set(routingKey, connector);
    return connector;
  };
  return {
    name: 'portico',
    publish: (routingKey, body) =>
      bus.publish({ exchange: '', routingKey, properties: {}, body, deadline: Date.now() + DEADLINE_MS }),
    consume: async (queue, onMessage) => {
      const consumer = await bus.consume(queue, { prefetch }, () => {
        onMessage();
        return ACK;
      });
      return () => consumer.close();
    },
    call: (queue, envelope) =>
      connectorTo(queue).send({
        soapVersion: '1.1',
        action: 'urn:bench',
        envelope,
        isOneWay: false,
        deadline: Date.now() + DEADLINE_MS,
      }),
    close: async () => {
      for (const connector of connectors.values()) await connector.close();
      await bus.close();
    },
  };
}
