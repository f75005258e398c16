import type { Logger } from 'pino';
import type { Route } from '../openapi/index.ts';
import { CommandStoreError } from './commands/command-store.ts';
import type { Commands } from './commands/commands.ts';
import { ConfigError } from './config/config-problem.ts';
import type { PlannedService } from './operations/plan-service.ts';

/**
 * Where a route cannot do without the store, the operator should learn at the start that the store is not to be used. One that is
 * merely away for now does not keep the other routes from being served.
 */
export async function openStoreEarly(
  commands: Commands,
  services: readonly PlannedService[],
  takesMessages: boolean,
  logger: Logger,
): Promise<void> {
  if (!takesMessages && !services.some(({ routes }) => routes.some(needsStore))) return;
  try {
    await commands.open();
  } catch (error) {
    if (!(error instanceof CommandStoreError)) throw error;
    if (error.code === 'unusable')
      throw new ConfigError([{ path: ['commands'], message: error.message }], { cause: error });
    logger.error(
      { err: error },
      'The commands store is away: writes with a key, or with an event, are refused until it is back',
    );
  }
}

function needsStore({ idempotency, publish, deferral }: Route): boolean {
  return idempotency?.key === 'required' || publish !== undefined || deferral !== undefined;
}
