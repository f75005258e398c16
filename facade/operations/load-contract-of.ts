import { resolve } from 'node:path';
import { loadContract, readStoredContract, type Contract } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { ServiceConfig } from '../config/config.ts';

/**
 * The contract of a configured service: compiled from its WSDL, or as it was stored; narrowed to the service and port that
 * the configuration names. @throws ContractError with every diagnostic, ConfigError
 */
export async function loadContractOf(
  name: string,
  service: ServiceConfig,
  configDir: string,
): Promise<Contract> {
  const contract =
    service.contract === undefined
      ? await compile(service, configDir)
      : await readStoredContract(resolve(configDir, service.contract));
  return narrow(name, service, contract);
}

function compile(
  { wsdl = '', names, numbers, allowedHosts, allowedRoots }: ServiceConfig,
  configDir: string,
): Promise<Contract> {
  const uri = /^https?:/i.test(wsdl) ? wsdl : resolve(configDir, wsdl);
  return loadContract(uri, {
    names,
    numbers,
    allowedHosts,
    allowedRoots: allowedRoots.map((folder) => resolve(configDir, folder)),
  });
}

function narrow(name: string, { wsdlService, port }: ServiceConfig, contract: Contract): Contract {
  const services = contract.services
    .filter((service) => wsdlService === undefined || service.name === wsdlService)
    .map((service) => ({
      ...service,
      ports: service.ports.filter((one) => port === undefined || one.name === port),
    }))
    .filter((service) => service.ports.length > 0);
  if (services.length > 0) return { ...contract, services };
  const known = contract.services.flatMap((service) =>
    service.ports.map((one) => `${service.name}/${one.name}`),
  );
  throw new ConfigError(
    `services.${name}: the contract has no such wsdlService and port; it has ${known.join(', ')}`,
  );
}
