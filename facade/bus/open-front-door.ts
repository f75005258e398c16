import type { PorticoConfig } from '../config/config.ts';
import { createCheckToken } from '../http/auth/check-token.ts';
import type { AuthenticateOptions } from '../http/auth/authenticate.ts';
import type { Tally } from '../metrics/tally.ts';
import type { PlannedService } from '../operations/plan-service.ts';
import { createFrontDoor, type FrontDoor, type FrontDoorOptions } from './front-door.ts';
import type { BusGuards } from './handle-message.ts';
import { planConsumers } from './plan-consumers.ts';

export interface OpenFrontDoorOptions extends Omit<FrontDoorOptions, 'consumers' | 'guards'> {
  readonly config: Pick<PorticoConfig, 'auth' | 'bus'>;
  readonly services: readonly PlannedService[];
  readonly guards: Omit<BusGuards, 'checkToken'>;
  readonly identity: Pick<AuthenticateOptions, 'issuers' | 'clock'> & { readonly tally: Tally | undefined };
}

/** The bus as a way in, as the configuration has it; not yet open. @throws ConfigError for operations that there are not. */
export function openFrontDoor({
  config,
  services,
  guards,
  identity: { tally, ...identity },
  ...options
}: OpenFrontDoorOptions): FrontDoor {
  const { tokenBytes } = config.auth;
  return createFrontDoor({
    ...options,
    consumers: planConsumers(config.bus.consumers, services),
    guards: { ...guards, checkToken: createCheckToken({ ...identity, tokenBytes, ...(tally && { tally }) }) },
  });
}
