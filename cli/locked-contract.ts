import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { storeContract, type Contract, type SourceDocument } from '../wsdl/index.ts';
import { CommandError } from './command.ts';

/** What `lock.json` holds beside the compiled contract: where each document came from, and what it was. */
interface Lock {
  readonly entry: string;
  readonly documents: readonly { readonly uri: string; readonly file: string; readonly sha256: string }[];
}

/** The stored contract inside the folder of a locked service. */
export const CONTRACT_FILE = 'contract.json';
const LOCK_FILE = 'lock.json';
const DOCUMENTS = 'documents';

/**
 * Writes the contract and every document it was made from, so that nothing has to be fetched again. What was there
 * before stays until the new documents are all written.
 */
export async function lockContract(
  folder: string,
  contract: Contract,
  documents: readonly SourceDocument[],
): Promise<void> {
  const [entry] = documents;
  if (entry === undefined) throw new CommandError('the contract has no documents to lock');
  const incoming = join(folder, `documents.${process.pid}`);
  await mkdir(incoming, { recursive: true });
  const rows = documents.map((document, index) => ({
    uri: document.uri,
    file: `${DOCUMENTS}/${String(index).padStart(3, '0')}.${document.kind === 'wsdl' ? 'wsdl' : 'xsd'}`,
    sha256: createHash('sha256').update(document.bytes).digest('hex'),
  }));
  for (const [index, row] of rows.entries())
    await writeFile(join(incoming, basename(row.file)), documents[index]!.bytes);
  await rm(join(folder, DOCUMENTS), { recursive: true, force: true });
  await rename(incoming, join(folder, DOCUMENTS));
  await writeFile(
    join(folder, LOCK_FILE),
    `${JSON.stringify({ entry: entry.uri, documents: rows }, null, 2)}\n`,
  );
  await storeContract(contract, join(folder, CONTRACT_FILE));
}

export interface OpenLock {
  /** URI of the WSDL. */
  readonly entry: string;
  /** @throws CommandError for a document that is not locked, or was changed since */
  load(uri: string): Promise<Uint8Array>;
  /** URIs of the locked documents from the same folder as the one given. */
  list(uri: string): Promise<readonly string[]>;
}

/** The locked documents of a stored contract, or undefined if `contractFile` has no lock beside it. */
export async function openLock(contractFile: string): Promise<OpenLock | undefined> {
  const folder = dirname(resolve(contractFile));
  let text;
  try {
    text = await readFile(join(folder, LOCK_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lock = parseLock(text, join(folder, LOCK_FILE));
  const files = new Map(lock.documents.map((row) => [row.uri, row] as const));
  return {
    entry: lock.entry,
    list: async (uri) => [...files.keys()].filter((locked) => dirname(locked) === dirname(uri)),
    async load(uri) {
      const row = files.get(uri);
      if (row === undefined)
        throw new CommandError(
          `${uri} is not among the locked documents of ${folder}; run "portico import" again`,
        );
      const bytes = await readFile(join(folder, row.file));
      if (createHash('sha256').update(bytes).digest('hex') !== row.sha256) {
        throw new CommandError(
          `${join(folder, row.file)} was changed after it was locked; run "portico import" again`,
        );
      }
      return bytes;
    },
  };
}

function parseLock(text: string, path: string): Lock {
  try {
    const lock = JSON.parse(text) as Partial<Lock> | null;
    if (typeof lock?.entry === 'string' && Array.isArray(lock.documents)) return lock as Lock;
  } catch {
    // Told below, with what is JSON but no lock.
  }
  throw new CommandError(`${path} is not a lock that Portico wrote; run "portico import" again`);
}
