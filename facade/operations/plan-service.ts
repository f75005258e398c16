import { planRoutes, type Route } from '../../openapi/index.ts';
import type { Contract, Diagnostic } from '../../wsdl/index.ts';
import { ConfigError, type ConfigFault } from '../config/config-problem.ts';
import type { PorticoConfig } from '../config/config.ts';
import { loadContractOf } from './load-contract-of.ts';

/** A configured service with its contract and routes: all that the OpenAPI document needs. */
export interface PlannedService {
  readonly name: string;
  readonly contract: Contract;
  readonly routes: readonly Route[];
  /** What is doubtful about its WSDL. */
  readonly warnings: readonly Diagnostic[];
}

/** @throws ContractError or ConfigError, the latter with every problem of every route. */
export async function planServices(config: PorticoConfig, configDir: string): Promise<PlannedService[]> {
  const faults: ConfigFault[] = [];
  const services = await Promise.all(
    Object.entries(config.services).map(async ([name, service]) => {
      const { contract, warnings } = await loadContractOf(name, service, configDir);
      const planned = planRoutes(contract, {
        service: name,
        ...(service.routes && { mapping: service.routes }),
      });
      for (const { row, field, message } of planned.problems)
        faults.push({ path: ['services', name, 'routes', row, ...field], message });
      return { name, contract, routes: planned.routes, warnings };
    }),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return services;
}
