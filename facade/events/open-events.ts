import type { Logger } from 'pino';
import type { EventBus } from '../../connectors/index.ts';
import type { Route } from '../../openapi/index.ts';
import type { Commands } from '../commands/commands.ts';
import type { EventsConfig } from '../config/events-config.ts';
import { createEventTally, type EventTally } from './event-tally.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { startRelay } from './relay.ts';

/** What a facade has to do with events; what nobody needs is not there. */
export interface Events {
  readonly publisher: Publisher;
  close(): Promise<void>;
}

export interface EventsOptions {
  readonly config: EventsConfig;
  readonly routes: readonly Route[];
  readonly commands: Pick<Commands, 'store'>;
  readonly bus: EventBus;
  readonly logger: Logger;
  /** Missing where nothing is counted. */
  readonly tally?: EventTally | undefined;
}

export function openEvents({
  config,
  routes,
  commands,
  bus,
  logger,
  tally = createEventTally(),
}: EventsOptions): Events {
  const publishes = routes.some(({ publish }) => publish !== undefined);
  const relay = publishes
    ? startRelay({
        outbox: async () => (await commands.store()).outbox,
        publish: (event) => bus.publish(event, { mustReachQueue: config.unrouted === 'keep' }),
        isConnected: () => bus.isConnected(),
        logger,
        tally,
      })
    : undefined;
  return {
    publisher: createPublisher(logger, () => relay?.wake()),
    async close() {
      await relay?.close();
    },
  };
}
