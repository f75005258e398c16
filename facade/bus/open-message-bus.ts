import type { Logger } from 'pino';
import {
  BusError,
  createAmqpMessageBus,
  createEventBus,
  createInProcessMessageBus,
  type BusObserver,
  type BusState,
  type EventBus,
  type MessageBus,
} from '../../connectors/index.ts';
import { brokerUrlsOf, type BusConfig } from '../config/bus-config.ts';
import type { PorticoConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-problem.ts';
import { ServiceFiles } from '../operations/service-files.ts';
import { tlsOf } from '../operations/tls-of.ts';
import { busTopologyOf } from './bus-topology-of.ts';

/** The bus of a configuration: at its broker, or in this process. @throws ConfigError if a file is of no use. */
export function openMessageBus(
  config: Pick<PorticoConfig, 'bus' | 'services' | 'events'>,
  configDir: string,
  logger: Logger,
  counted: BusObserver | undefined,
): MessageBus {
  const { bus } = config;
  const topology = busTopologyOf(config);
  const urls = brokerUrlsOf(bus);
  if (urls.length === 0)
    return createInProcessMessageBus({ topology, ...(counted && { observer: counted }) });
  const { connection, waitSeconds, buffer } = bus;
  const tls = connection.tls && tlsOf(connection.tls, new ServiceFiles(configDir, ['bus']));
  return createAmqpMessageBus({
    urls,
    topology,
    tls,
    connectTimeoutMs: connection.connectTimeoutSeconds * 1000,
    heartbeatSeconds: connection.heartbeatSeconds,
    waitMs: waitSeconds * 1000,
    mostMessages: buffer.messages,
    mostBytes: buffer.bytes,
    observer: { ...counted, onState: createStateLog(logger) },
  });
}

/** The events of a message bus, which stays open when they are closed. */
export function openEventBus(messages: MessageBus, { exchange }: BusConfig, logger: Logger): EventBus {
  return createEventBus(messages, {
    exchange,
    onUndelivered: (error, event) => {
      logger.error(
        { event: event?.event, eventId: event?.id, err: error },
        'An event was given up by its subscriber',
      );
    },
  });
}

const START_MS = 3000;

/**
 * What is not as configured at the broker, its operator should learn at the start. A broker that is merely away does not
 * keep the facade from serving, and is waited for only where there is more than events to be had from it.
 * @throws ConfigError
 */
export async function openBusEarly(messages: MessageBus, config: PorticoConfig): Promise<void> {
  if (brokerUrlsOf(config.bus).length === 0 || !needsMoreThanEvents(config)) return;
  try {
    await messages.opened(Date.now() + START_MS);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    if (error.code === 'TOPOLOGY')
      throw new ConfigError([{ path: ['bus'], message: error.message }], { cause: error });
  }
}

function needsMoreThanEvents({ bus, services }: PorticoConfig): boolean {
  const isSoap = Object.values(services).some(({ transport }) => transport === 'amqp');
  return isSoap || bus.consumers.length > 0 || bus.exchanges.length > 0;
}

/** Says what changed, once. */
function createStateLog(logger: Logger): (state: BusState) => void {
  let last = '';
  return ({ isConnected, blocked, failure }) => {
    const isOnItsWay = !isConnected && failure === undefined;
    if (isOnItsWay) return;
    const now = isConnected ? `blocked: ${blocked ?? ''}` : `away: ${failure ?? ''}`;
    if (now === last) return;
    last = now;
    if (!isConnected) logger.error({ reason: failure }, 'The broker is away');
    else if (blocked !== undefined) logger.error({ reason: blocked }, 'The broker takes no messages');
    else logger.info('The broker is connected');
  };
}
