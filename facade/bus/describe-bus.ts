import { toAsyncApi, type AsyncApiDocument, type BrokerServer } from '../../openapi/index.ts';
import { brokerUrlsOf, type BusConfig } from '../config/bus-config.ts';
import type { PorticoConfig } from '../config/config.ts';
import { problemKinds } from '../http/problem.ts';
import type { PlannedService } from '../operations/plan-service.ts';
import { planConsumers } from './plan-consumers.ts';

/** The AsyncAPI document of what a configuration does on the bus. @throws ConfigError */
export function describeBus(services: readonly PlannedService[], config: PorticoConfig): AsyncApiDocument {
  const problems = Object.entries(problemKinds).map(([code, { status, title }]) => ({ code, status, title }));
  const server = serverOf(config.bus);
  return toAsyncApi(services, {
    ...config.openapi,
    problems,
    exchange: config.bus.exchange,
    ...(server && { server }),
    queues: planConsumers(config.bus.consumers, services).map(({ config: { queue, principal }, routes }) => ({
      queue,
      routes: [...routes.values()],
      identity: principal === undefined ? 'token' : 'queue',
    })),
  });
}

/** Neither user nor password: the document is for everybody. */
function serverOf(bus: BusConfig): BrokerServer | undefined {
  const [url] = brokerUrlsOf(bus);
  if (url === undefined) return undefined;
  const { protocol, host, pathname } = new URL(url);
  return {
    protocol: protocol === 'amqps:' ? 'amqps' : 'amqp',
    host,
    ...(pathname.length > 1 && { pathname }),
  };
}
