import {
  createResilientConnector,
  createSecuredConnector,
  createSoapAmqpConnector,
  createSoapHttpConnector,
  shownUrl,
  type ConnectionOptions,
  type Connector,
  type HealthProbe,
  type MessageBus,
  type ResilienceObserver,
  type SoapQueue,
} from '../../connectors/index.ts';
import type { ServiceConfig } from '../config/config.ts';
import type { ConnectionConfig } from '../config/service-policy-config.ts';
import { credentialsOf } from './credentials-of.ts';
import { messageHeadersOf } from './message-headers-of.ts';
import { healthOptionsOf, type ProbeOf } from './health-probe.ts';
import { ServiceFiles } from './service-files.ts';
import { tlsOf } from './tls-of.ts';

/** What the ways to all services have in common. */
export interface ConnectOptions {
  readonly configDir: string;
  /** Of services with the transport `amqp`. */
  readonly messages: MessageBus;
  /** Largest MIME package of an answer. */
  readonly maxPackageBytes: number;
  readonly observer?: ResilienceObserver | undefined;
  /** Given if the configuration asks for probes. */
  readonly probeOf?: ProbeOf | undefined;
}

/** The way to a service at one or several addresses, with its policies. @throws ConfigError if a file is of no use. */
export function connectService(
  name: string,
  addresses: readonly string[],
  service: ServiceConfig,
  { configDir, messages, maxPackageBytes, observer, probeOf }: ConnectOptions,
): Connector {
  const files = new ServiceFiles(configDir, ['services', name]);
  const { credentials } = service;
  const connection = {
    ...connectionOf(service.connection, files),
    connections: service.bulkhead.concurrent,
    ...(credentials && credentialsOf(credentials, files)),
  };
  const headersFor = messageHeadersOf(service, files);
  const connect = (endpoint: string, connections = connection.connections): Connector => {
    const connector =
      service.transport === 'amqp'
        ? createSoapAmqpConnector({
            bus: messages,
            service: name,
            maxPackageBytes,
            ...soapQueueOf(service.amqp),
          })
        : createSoapHttpConnector({ endpoint, maxPackageBytes, ...connection, connections });
    return headersFor === undefined ? connector : createSecuredConnector(connector, headersFor(endpoint));
  };
  const { retry, circuitBreaker, bulkhead, failover, timeoutSeconds } = service;
  const probing: Connector[] = [];
  const probeAt = (endpoint: string): HealthProbe | undefined => {
    if (probeOf === undefined) return undefined;
    const connector = connect(endpoint, 1);
    probing.push(connector);
    return probeOf(connector);
  };
  const connector = createResilientConnector({
    service: name,
    endpoints: addresses.map((endpoint) => ({
      url: shownUrl(new URL(endpoint)),
      connector: connect(endpoint),
      probe: probeAt(endpoint),
    })),
    ...(service.health && { health: healthOptionsOf(service.health) }),
    failover,
    timeoutMs: timeoutSeconds * 1000,
    retry: { most: retry.most, budget: retry.budgetPercent / 100 },
    circuitBreaker: {
      failureRatio: circuitBreaker.failurePercent / 100,
      windowMs: circuitBreaker.windowSeconds * 1000,
      minimumCalls: circuitBreaker.minimumCalls,
      probeMs: circuitBreaker.probeSeconds * 1000,
    },
    bulkhead: { running: bulkhead.concurrent, queued: bulkhead.queued },
    ...(observer && { observer }),
  });
  return {
    ...connector,
    close: async () => {
      await connector.close();
      // A probe on its way ends by itself; nobody waits for it.
      for (const one of probing) void one.close();
    },
  };
}

/** Where the requests of a service with that transport go; that it says where is checked with the configuration. */
export function soapQueueOf({
  queue = '',
  exchange = '',
  routingKey = queue,
}: ServiceConfig['amqp'] = {}): SoapQueue {
  return { exchange, routingKey };
}

function connectionOf(
  { connectTimeoutSeconds, keepAliveSeconds, proxy, tls }: ConnectionConfig,
  files: ServiceFiles,
): ConnectionOptions {
  return {
    connectTimeoutMs: connectTimeoutSeconds * 1000,
    keepAliveMs: keepAliveSeconds * 1000,
    ...(proxy !== undefined && { proxy: proxyOf(files.secret(proxy, 'connection', 'proxy'), files) }),
    ...(tls && { tls: tlsOf(tls, files) }),
  };
}

function proxyOf(text: string, files: ServiceFiles): string {
  if (/^https?:/i.test(text) && URL.canParse(text)) return text;
  throw files.error('is no http or https URL', 'connection', 'proxy');
}
