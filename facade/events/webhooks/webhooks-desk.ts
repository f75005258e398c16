import type { DeliveryState, ShownDelivery } from '../../commands/inbox-store.ts';
import { openCommandStore } from '../../commands/open-command-store.ts';
import type { PorticoConfig } from '../../config/config.ts';

/** What a person who looks after webhooks may see and do. */
export interface WebhooksDesk {
  /** The newest first, of all states or one. */
  list(state: DeliveryState | undefined, most: number): Promise<readonly ShownDelivery[]>;
  /** Has dead deliveries tried again from the beginning, all or one. @returns how many. */
  replay(number: number | undefined): Promise<number>;
  close(): Promise<void>;
}

/** The deliveries in the store of a configuration. @throws CommandStoreError */
export async function openWebhooksDesk(
  { commands }: Pick<PorticoConfig, 'commands'>,
  configDir: string,
): Promise<WebhooksDesk> {
  const store = await openCommandStore(commands, configDir, () => undefined);
  return {
    list: (state, most) => store.inbox.list(state, most),
    replay: (number) => store.inbox.replay(number),
    close: () => store.close(),
  };
}
