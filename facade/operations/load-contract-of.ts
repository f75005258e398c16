import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadContract, type Contract } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { ServiceConfig } from '../config/config.ts';

const CONTRACT_VERSION = 1;

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
      : await readStored(resolve(configDir, service.contract));
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

async function readStored(path: string): Promise<Contract> {
  let contract;
  try {
    contract = JSON.parse(await readFile(path, 'utf8')) as Partial<Contract>;
  } catch (error) {
    throw new ConfigError(`${path}: this contract cannot be read; run "portico import" again`, {
      cause: error,
    });
  }
  if (contract.kind === 'contract' && contract.version === CONTRACT_VERSION) return contract as Contract;
  throw new ConfigError(
    `${path}: this is no contract that this version of Portico stored; run "portico import" again`,
  );
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
