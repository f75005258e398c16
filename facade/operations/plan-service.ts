import { planRoutes, type Route } from '../../openapi/index.ts';
import type { Contract } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { PorticoConfig } from '../config/config.ts';
import { loadContractOf } from './load-contract-of.ts';

/** A configured service with its contract and routes: all that the OpenAPI document needs. */
export interface PlannedService {
  readonly name: string;
  readonly contract: Contract;
  readonly routes: readonly Route[];
}

/** @throws ContractError or ConfigError, the latter with every problem of every route. */
export async function planServices(config: PorticoConfig, configDir: string): Promise<PlannedService[]> {
  const problems: string[] = [];
  const services = await Promise.all(
    Object.entries(config.services).map(async ([name, service]) => {
      const contract = await loadContractOf(name, service, configDir);
      const planned = planRoutes(contract, {
        service: name,
        ...(service.routes && { mapping: service.routes }),
      });
      const where = planned.problems.map(
        ({ row, field, message }) =>
          `services.${['', name, 'routes', row, ...field].slice(1).join('.')}: ${message}`,
      );
      problems.push(...where);
      return { name, contract, routes: planned.routes };
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return services;
}
