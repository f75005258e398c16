import { resolve } from 'node:path';
import { LoadError, readCatalog, type CompileOptions } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { ServiceConfig } from '../config/config.ts';

/** A WSDL that the configuration names, and how it is to be read. */
export interface WsdlSource {
  readonly uri: string;
  readonly options: CompileOptions;
}

/**
 * Where the WSDL of a service is, and what its configuration says on reading it; relative paths start from `configDir`.
 * @throws ConfigError for a catalog that cannot be read
 */
export function wsdlSourceOf(name: string, service: ServiceConfig, configDir: string): WsdlSource {
  const { wsdl = '', names, numbers, lenient, catalog, allowedHosts, allowedRoots } = service;
  return {
    uri: /^https?:/i.test(wsdl) ? wsdl : resolve(configDir, wsdl),
    options: {
      names,
      numbers,
      lenient,
      allowedHosts,
      allowedRoots: allowedRoots.map((folder) => resolve(configDir, folder)),
      ...(catalog !== undefined && { catalog: catalogOf(name, resolve(configDir, catalog)) }),
    },
  };
}

function catalogOf(name: string, path: string): Readonly<Record<string, string>> {
  try {
    return readCatalog(path);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    throw new ConfigError([{ path: ['services', name, 'catalog'], message: error.message }]);
  }
}
