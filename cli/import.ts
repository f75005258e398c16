import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { isMap, isScalar, parseDocument, type Document } from 'yaml';
import { inferMapping, type RouteMapping } from '../openapi/index.ts';
import type { Contract } from '../wsdl/index.ts';
import { CommandError, expectPositionals, type Command } from './command.ts';
import { DEFAULT_CONFIG } from './config-source.ts';
import {
  compileOrFail,
  serviceNameOf,
  sourceHelp,
  sourceOptions,
  toCompileOptions,
} from './contract-source.ts';
import { CONTRACT_FILE, lockContract } from './locked-contract.ts';

export const importCommand: Command = {
  name: 'import',
  usage: '<wsdl-file-or-url> [--name N] [--config portico.yaml]',
  summary: 'lock the contract (all its documents) and add the service with its routes',
  help: `  --name N              name of the service; default: from the file name
  --config FILE         default ${DEFAULT_CONFIG}; made if it does not exist\n${sourceHelp}
A service that is there already gets the new contract; its routes stay as they are.`,
  options: { name: { type: 'string' }, config: { type: 'string' }, ...sourceOptions },
  async run(input) {
    const [uri] = expectPositionals(input, ['wsdl-file-or-url']) as [string];
    const name = checkName(input.values.name ?? serviceNameOf(uri));
    const path = resolve(input.values.config ?? DEFAULT_CONFIG);
    const document = await openConfig(path);
    assertRoomFor(name, document, path);
    const { contract, documents } = await compileOrFail(uri, toCompileOptions(input));
    const folder = join(dirname(path), 'contracts', name);
    await lockContract(folder, contract, documents);
    const added = addService(document, name, contract, relative(dirname(path), join(folder, CONTRACT_FILE)));
    await writeFile(path, document.toString({ lineWidth: 0 }));
    console.log(
      `${name}: ${documents.length} ${documents.length === 1 ? 'document' : 'documents'} locked in ${relative('.', folder) || '.'}; ${added}`,
    );
    const advice = adviceOn(name, contract);
    if (advice !== undefined) console.error(advice);
    return 0;
  },
};

const NEW_CONFIG = `# yaml-language-server: $schema=https://portico.dev/schema/portico.schema.json
server: { port: 8080 }
auth:
  # Accepts tokens of "portico token". For production name your issuers instead: see docs/configuration.md.
  development: true
services: {}
`;

async function openConfig(path: string): Promise<Document> {
  const document = parseDocument(existsSync(path) ? await readConfigFile(path) : NEW_CONFIG);
  const [error] = document.errors;
  if (error !== undefined) throw new CommandError(`${path}: ${error.message}`);
  return document;
}

async function readConfigFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      {
        cause: error,
      },
    );
  }
}

/** Looked at before anything is written. @throws CommandError where the service could not be put in */
function assertRoomFor(name: string, document: Document, path: string): void {
  const places = [[], ['services'], ['services', name]];
  const occupied = places.find((keys) => {
    const node = document.getIn(keys, true);
    return !(node === undefined || node === null || isMap(node) || isEmptyScalar(node));
  });
  if (occupied === undefined) return;
  const where = occupied.length === 0 ? 'the file' : `"${occupied.join('.')}"`;
  throw new CommandError(`${path}: ${where} must be an object; correct it, or choose another --config`);
}

/** `services:` with nothing after it. */
function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

function checkName(name: string): string {
  if (/^[a-z][a-z0-9-]{0,62}$/.test(name)) return name;
  throw new CommandError(
    `"${name}" cannot name a service: use a letter, then letters, digits and hyphens, all lower case (--name)`,
  );
}

/** @returns what was done, for the user. */
function addService(document: Document, name: string, contract: Contract, contractPath: string): string {
  if (isMap(document.getIn(['services', name], true))) {
    document.setIn(['services', name, 'contract'], contractPath);
    document.deleteIn(['services', name, 'wsdl']);
    return 'the service was there already: its routes are kept';
  }
  const routes = inferMapping(contract, name);
  const services: unknown = document.get('services');
  if (isMap(services)) services.flow = false;
  else document.delete('services');
  document.setIn(['services', name], document.createNode(toService(name, contract, contractPath, routes)));
  return `${routes.length} routes added`;
}

function toService(
  name: string,
  contract: Contract,
  contractPath: string,
  routes: readonly RouteMapping[],
): Record<string, unknown> {
  const variable = `${name.toUpperCase().replaceAll('-', '_')}_URL`;
  const address = onlyAddress(contract);
  return {
    contract: contractPath,
    ...(address !== undefined && { endpoint: `\${${variable}:-${address}}` }),
    routes,
  };
}

/** The address of all ports; undefined where they differ, for then each route's port decides, or where it is no URL. */
function onlyAddress(contract: Contract): string | undefined {
  const ports = contract.services.flatMap((service) => service.ports);
  const [address, ...others] = new Set(ports.map((port) => port.address));
  return others.length === 0 && isUsable(address) ? address : undefined;
}

/** A URL that a configuration may hold: it has no place for variables. */
function isUsable(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\/[^\s}$]+$/i.test(address) && URL.canParse(address);
}

/** What the user still has to say before the service can be called. */
function adviceOn(name: string, contract: Contract): string | undefined {
  const ports = contract.services.flatMap((service) => service.ports);
  const lacking = ports.find(({ address }) => !isUsable(address));
  if (lacking === undefined) return undefined;
  return `port ${lacking.name} has no usable http address in the WSDL: set services.${name}.endpoint before "portico serve"`;
}
