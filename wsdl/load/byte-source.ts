import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Limits } from '../limits.ts';
import { parseAddress, type Address } from './address.ts';
import { fetchUrl } from './fetch-url.ts';
import { LoadError } from './load-error.ts';
import type { LoadOptions } from './load-options.ts';
import { allowFolders, readFileBelow, tooLarge, type AllowedFolders } from './read-file.ts';

/** Turns addresses into bytes, within what the options allow. */
export interface ByteSource {
  /** Where the document really comes from: same place, same document. */
  locate(address: Address): Address;
  /** @throws LoadError */
  read(address: Address): Promise<Uint8Array>;
  /** Schemas (`*.xsd`) in the same folder as a local document, sorted by name; none beside a remote one. */
  siblings(address: Address): Promise<readonly Address[]>;
}

export async function createByteSource(
  entry: Address,
  options: LoadOptions,
  limits: Limits,
): Promise<ByteSource> {
  const { load, list } = options;
  if (load) {
    return {
      locate: (address) => address,
      read: (address) => readBy(load, address, limits),
      siblings: async ({ kind, uri }) => schemasOf((await list?.(uri)) ?? [], kind),
    };
  }
  const ownFolder = entry.kind === 'file' ? [dirname(entry.uri)] : [];
  const folders = await allowFolders([...ownFolder, ...(options.allowedRoots ?? [])]);
  return new AllowedSource(entry, options, folders, limits.maxBytes);
}

/** A URL as `Address` has it: host in lower case, no fragment. */
function normalised(location: string): string {
  try {
    return parseAddress(location).uri;
  } catch (error) {
    if (error instanceof LoadError) return location;
    throw error;
  }
}

class AllowedSource implements ByteSource {
  readonly #catalog: ReadonlyMap<string, string>;
  readonly #hosts: ReadonlySet<string>;
  readonly #folders: AllowedFolders;
  readonly #maxBytes: number;

  constructor(entry: Address, options: LoadOptions, folders: AllowedFolders, maxBytes: number) {
    this.#catalog = new Map(
      Object.entries(options.catalog ?? {}).map(([location, path]) => [normalised(location), path]),
    );
    const own = entry.kind === 'remote' ? [new URL(entry.uri).host] : [];
    this.#hosts = new Set([...own, ...(options.allowedHosts ?? [])].map((host) => host.toLowerCase()));
    this.#folders = folders;
    this.#maxBytes = maxBytes;
  }

  locate(address: Address): Address {
    const copy = this.#catalog.get(address.uri);
    return copy === undefined ? address : { kind: 'file', uri: copy };
  }

  async siblings(address: Address): Promise<readonly Address[]> {
    const { kind, uri } = this.locate(address);
    if (kind === 'remote') return [];
    const folder = dirname(uri);
    const names = await readdir(folder).catch(() => []);
    return schemasOf(
      names.map((name) => join(folder, name)),
      kind,
    );
  }

  async read(address: Address): Promise<Uint8Array> {
    const copy = this.#catalog.get(address.uri);
    if (copy !== undefined) return readCopy(copy, this.#maxBytes);
    if (address.kind === 'file') return readFileBelow(address.uri, this.#folders, this.#maxBytes);
    const { host, hostname } = new URL(address.uri);
    if (this.#hosts.has(host) || this.#hosts.has(hostname)) return fetchUrl(address.uri, this.#maxBytes);
    throw new LoadError(
      'LOAD_FORBIDDEN',
      `Documents are not loaded from the host ${host}. Allow it, or give a local copy in the catalog.`,
    );
  }
}

function schemasOf(uris: readonly string[], kind: Address['kind']): Address[] {
  const schemas = uris.filter((uri) => uri.toLowerCase().endsWith('.xsd'));
  return schemas.sort().map((uri) => ({ kind, uri }));
}

async function readCopy(path: string, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new LoadError('LOAD_NOT_FOUND', `The catalog names "${path}", which cannot be read.`, {
      cause: error,
    });
  });
  if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
  return bytes;
}

async function readBy(
  load: NonNullable<LoadOptions['load']>,
  { uri }: Address,
  limits: Limits,
): Promise<Uint8Array> {
  const bytes = await load(uri).catch((error: unknown) => {
    if (error instanceof LoadError) throw error;
    throw new LoadError(
      'LOAD_NOT_FOUND',
      `"${uri}" cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  });
  if (bytes.length > limits.maxBytes) throw tooLarge(uri, limits.maxBytes);
  return bytes;
}
