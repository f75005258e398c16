import { brokerUrlsOf } from './bus-config.ts';
import type { PorticoConfig, ServiceConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** What SOAP over HTTP alone reads. */
const OF_HTTP = ['endpoint', 'endpoints', 'credentials'] as const;

/** By what the messages of a service go, and where to. */
export function checkTransport({ services, bus }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const faults =
      service.transport === 'amqp'
        ? faultsOfAmqp(service, brokerUrlsOf(bus).length > 0)
        : faultsOfHttp(service);
    return faults.map(({ key, message }) => source.problemAt(['services', name, key], message, 'key'));
  });
}

interface Fault {
  readonly key: string;
  readonly message: string;
}

function faultsOfHttp({ amqp }: ServiceConfig): readonly Fault[] {
  return amqp === undefined ? [] : [{ key: 'amqp', message: 'has no effect without "transport: amqp"' }];
}

function faultsOfAmqp(service: ServiceConfig, hasBroker: boolean): readonly Fault[] {
  const { amqp, health } = service;
  const faults: Fault[] = OF_HTTP.filter((key) => service[key] !== undefined).map((key) => ({
    key,
    message: 'has no effect with "transport: amqp"',
  }));
  if (!hasBroker) faults.push({ key: 'transport', message: 'needs a broker: "bus.url" does not say where' });
  if (amqp === undefined) faults.push({ key: 'transport', message: '"amqp" does not say where to' });
  else if (!saysWhere(amqp))
    faults.push({ key: 'amqp', message: 'either "queue" is needed, or "exchange" and "routingKey"' });
  if (health?.probe === 'http')
    faults.push({ key: 'health', message: 'the probe "http" does not go with "transport: amqp"' });
  return faults;
}

function saysWhere({ queue, exchange, routingKey }: NonNullable<ServiceConfig['amqp']>): boolean {
  if (queue !== undefined) return exchange === undefined && routingKey === undefined;
  return exchange !== undefined && routingKey !== undefined;
}
