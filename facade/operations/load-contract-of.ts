import { resolve } from 'node:path';
import {
  compileContract,
  ContractError,
  LoadError,
  readStoredContract,
  type Contract,
  type Diagnostic,
} from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { ServiceConfig } from '../config/config.ts';
import { wsdlSourceOf, type WsdlSource } from './wsdl-source.ts';

export interface LoadedContract {
  readonly contract: Contract;
  /** What is doubtful about the WSDL; none for a stored contract, whose import told them. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * The contract of a configured service: compiled from its WSDL, or as it was stored; narrowed to the service and port that
 * the configuration names. @throws ContractError with every diagnostic, ConfigError
 */
export async function loadContractOf(
  name: string,
  service: ServiceConfig,
  configDir: string,
): Promise<LoadedContract> {
  const { contract, warnings } =
    service.contract === undefined
      ? await compile(wsdlSourceOf(name, service, configDir))
      : { contract: await openStored(name, resolve(configDir, service.contract)), warnings: [] };
  return { contract: narrow(name, service, contract), warnings };
}

async function openStored(name: string, path: string): Promise<Contract> {
  try {
    return await readStoredContract(path);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    throw new ConfigError([{ path: ['services', name, 'contract'], message: error.message }]);
  }
}

async function compile({ uri, options }: WsdlSource): Promise<LoadedContract> {
  const { contract, diagnostics } = await compileContract(uri, options);
  if (contract === undefined) throw new ContractError(diagnostics);
  return { contract, warnings: diagnostics };
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
  throw new ConfigError([
    {
      path: ['services', name, port === undefined ? 'wsdlService' : 'port'],
      message: `the contract has no such wsdlService and port; it has ${known.join(', ')}`,
    },
  ]);
}
