import { join } from 'node:path';
import { formatConfigProblem, loadConfig, type PorticoConfig } from '../../index.ts';
import type { ConsumerConfig } from '../../facade/config/consumer-config.ts';
import { bankFolder } from '../../examples/bank/bank-folder.ts';

export interface BankSettings {
  /** Of the core. */
  readonly coreUrl: string;
  /** Path of a SQLite file, or URL of a PostgreSQL database. */
  readonly store: string;
  readonly afterSeconds: number;
  readonly leaseSeconds: number;
  /** Of a broker whose queues are taken from; missing: none is. */
  readonly busUrl?: string;
}

/** The configuration of the bank example, in less of a hurry with clients and more with itself. */
export async function bankConfig(settings: BankSettings): Promise<PorticoConfig> {
  const { coreUrl, store, afterSeconds, leaseSeconds, busUrl } = settings;
  const isPostgres = store.startsWith('postgres:');
  const { config, problems } = await loadConfig(join(bankFolder, 'portico.yaml'), {
    MOCK_URL: coreUrl,
    ...(busUrl !== undefined && { BUS_URL: busUrl }),
    COMMANDS_STORE: isPostgres ? 'postgres' : 'sqlite',
    ...(isPostgres ? { COMMANDS_URL: store } : { COMMANDS_PATH: store }),
  });
  if (config === undefined)
    throw new Error(problems.map((problem) => formatConfigProblem(problem)).join('\n'));
  const services = Object.fromEntries(
    Object.entries(config.services).map(([name, { routes = [], wsdl = '', ...service }]) => [
      name,
      {
        ...service,
        wsdl: join(bankFolder, wsdl),
        timeoutSeconds: 2,
        routes: routes.map((route) => {
          const { idempotency } = route;
          if (typeof idempotency !== 'object' || idempotency.settle === undefined) return route;
          return {
            ...route,
            idempotency: { ...idempotency, settle: { ...idempotency.settle, afterSeconds } },
          };
        }),
      },
    ]),
  );
  return {
    ...config,
    services,
    commands: { ...config.commands, leaseSeconds },
    bus: { ...config.bus, consumers: busUrl === undefined ? [] : config.bus.consumers.map(inAHurry) },
    rateLimit: { requests: 1_000_000_000, windowSeconds: 60 },
    log: { ...config.log, level: 'silent' },
  };
}

/** Commands find the broker, the store or another process away more often than in life. */
function inAHurry(consumer: ConsumerConfig): ConsumerConfig {
  return { ...consumer, concurrency: 50, retrySeconds: [1, 2, 3, 5, 5, 10, 10, 10] };
}
