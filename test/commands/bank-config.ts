import { join } from 'node:path';
import { formatConfigProblem, loadConfig, type PorticoConfig } from '../../index.ts';
import { bankFolder } from '../../examples/bank/bank-folder.ts';

export interface BankSettings {
  /** Of the core. */
  readonly coreUrl: string;
  /** Path of a SQLite file, or URL of a PostgreSQL database. */
  readonly store: string;
  readonly afterSeconds: number;
  readonly leaseSeconds: number;
}

/** The configuration of the bank example, in less of a hurry with clients and more with itself. */
export async function bankConfig(settings: BankSettings): Promise<PorticoConfig> {
  const { coreUrl, store, afterSeconds, leaseSeconds } = settings;
  const isPostgres = store.startsWith('postgres:');
  const { config, problems } = await loadConfig(join(bankFolder, 'portico.yaml'), {
    MOCK_URL: coreUrl,
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
    rateLimit: { requests: 1_000_000_000, windowSeconds: 60 },
    log: { ...config.log, level: 'silent' },
  };
}
