import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Contract } from '../contract.ts';
import { parseStoredContract, serializeContract } from '../stored-contract.ts';
import { LoadError } from './load-error.ts';

/** Writes a contract so that it can be used without its documents. The file is whole or not there. */
export async function storeContract(contract: Contract, path: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  await writeFile(unfinished, serializeContract(contract));
  await rename(unfinished, path);
}

/** @throws LoadError if there is no file, or none that this version wrote. */
export async function readStoredContract(path: string): Promise<Contract> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new LoadError(
      code === 'ENOENT' ? 'LOAD_NOT_FOUND' : 'LOAD_FAILED',
      `The contract "${path}" cannot be read (${code ?? 'unknown reason'}).`,
      { cause: error },
    );
  });
  const contract = parseStoredContract(text);
  if (typeof contract !== 'string') return contract;
  throw new LoadError('LOAD_FAILED', `"${path}" ${contract}`);
}
