import type { Logger } from 'pino';
import type { EventBus, MessageBus } from '../../connectors/index.ts';
import type { Route } from '../../openapi/index.ts';
import type { OutboxDepth } from '../commands/outbox-store.ts';
import type { InboxStore } from '../commands/inbox-store.ts';
import type { Commands } from '../commands/commands.ts';
import { brokerUrlsOf } from '../config/bus-config.ts';
import type { PorticoConfig } from '../config/config.ts';
import { consumeInBackground, type BackgroundConsumer } from './consume-in-background.ts';
import { patternsOf } from './event-patterns.ts';
import { createEventTally, type EventTally } from './event-tally.ts';
import { createIntake, type Intake } from './intake.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { startRelay } from './relay.ts';
import type { Rounds } from './rounds.ts';
import { createFeed, type Feed } from './streams/feed.ts';
import { createOwnership, type Ownership } from './streams/ownership.ts';
import { startDelivering } from './webhooks/deliver.ts';
import type { Webhook } from './webhooks/webhook.ts';
import { openWebhooks } from './webhooks/open-webhooks.ts';

/** What a facade has to do with events; what nobody needs is not there. */
export interface Events {
  readonly publisher: Publisher;
  /** Missing where there are no streams. */
  readonly streaming?: { readonly feed: Feed; readonly ownership: Ownership };
  readonly tally: EventTally;
  /** What waits to be published; missing where nothing is. @throws CommandStoreError */
  readonly depth?: () => Promise<OutboxDepth>;
  close(): Promise<void>;
}

export interface EventsOptions {
  readonly config: PorticoConfig;
  readonly configDir: string;
  readonly routes: readonly Route[];
  readonly commands: Pick<Commands, 'store'>;
  readonly bus: EventBus;
  readonly messages: MessageBus;
  readonly logger: Logger;
  /** Missing where nothing is counted. */
  readonly tally?: EventTally | undefined;
}

/** Everything that takes part here, once it is there. */
interface Parts {
  readonly intake: Intake | undefined;
  readonly consumer: BackgroundConsumer | undefined;
  readonly relay: Rounds | undefined;
  readonly deliveries: readonly Rounds[];
  readonly streaming: Events['streaming'];
}

/** @throws ConfigError for a secret that is none */
export async function openEvents(options: EventsOptions): Promise<Events> {
  const { config, tally = createEventTally(), logger } = options;
  const webhooks = await openWebhooks(config.events, options.configDir);
  const parts = open({ ...options, tally }, webhooks);
  return {
    publisher: createPublisher(logger, () => parts.relay?.wake()),
    ...(parts.streaming && { streaming: parts.streaming }),
    tally,
    ...(parts.relay && { depth: async () => (await options.commands.store()).outbox.depth() }),
    async close() {
      parts.intake?.close();
      await Promise.all([
        parts.relay?.close(),
        parts.consumer?.close(),
        parts.streaming?.feed.close(),
        ...parts.deliveries.map((delivery) => delivery.close()),
      ]);
    },
  };
}

function open(options: EventsOptions & { readonly tally: EventTally }, webhooks: readonly Webhook[]): Parts {
  const { config, commands, messages, logger } = options;
  const { stream, queue } = config.events;
  const inbox = async (): Promise<InboxStore> => (await commands.store()).inbox;
  const streaming = stream && {
    ownership: createOwnership(stream.rules),
    feed: createFeed({ inbox, logger }),
  };
  const deliveries = webhooks.map((webhook) => startDelivering(webhook, { ...options, inbox }));
  const isHeard = streaming !== undefined || webhooks.length > 0;
  const intake = isHeard
    ? createIntake({
        ...options,
        inbox,
        ownership: streaming?.ownership,
        webhooks: new Map(Object.entries(config.events.webhooks).map(([name, { events }]) => [name, events])),
        patterns: patternsOf(config.events),
        onNew: () => {
          streaming?.feed.wake();
          for (const delivery of deliveries) delivery.wake();
        },
      })
    : undefined;
  const consumer =
    intake && consumeInBackground(messages, queue, (delivery) => intake.handle(delivery), logger);
  return { intake, consumer, relay: startRelayOf(options, intake), deliveries, streaming };
}

/**
 * What a process publishes it also takes in itself, before it counts as published: a bus that lives in this process would lose it,
 * and one that does not would bring it later.
 */
function startRelayOf(
  { config, routes, commands, bus, logger, tally }: EventsOptions & { readonly tally: EventTally },
  intake: Intake | undefined,
): Rounds | undefined {
  if (!routes.some(({ publish }) => publish !== undefined)) return undefined;
  const mustReachQueue = config.events.unrouted === 'keep' && brokerUrlsOf(config.bus).length > 0;
  return startRelay({
    outbox: async () => (await commands.store()).outbox,
    publish: async (event) => {
      if (intake?.wants(event)) await intake.take(event);
      await bus.publish(event, { mustReachQueue });
    },
    isConnected: () => bus.isConnected(),
    logger,
    tally,
  });
}
