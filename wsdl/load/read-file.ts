import { open, realpath } from 'node:fs/promises';
import { relative, resolve, isAbsolute } from 'node:path';
import { LoadError } from './load-error.ts';

/** Folders that local documents may come from, symbolic links followed. */
export interface AllowedFolders {
  readonly asGiven: readonly string[];
  readonly real: readonly string[];
}

export async function allowFolders(folders: readonly string[]): Promise<AllowedFolders> {
  const asGiven = folders.map((folder) => resolve(folder));
  const real = await Promise.all(asGiven.map((folder) => realpath(folder).catch(() => folder)));
  return { asGiven, real };
}

/**
 * Reads a file that is really below one of the folders, wherever symbolic links lead.
 *
 * @throws LoadError; a path outside is refused before it is known whether it exists.
 */
export async function readFileBelow(
  path: string,
  folders: AllowedFolders,
  maxBytes: number,
): Promise<Uint8Array> {
  const absolute = resolve(path);
  if (!isBelow(absolute, [...folders.asGiven, ...folders.real])) throw outside(path);
  try {
    const real = await realpath(absolute);
    if (!isBelow(real, folders.real)) throw outside(path);
    return await readBounded(real, path, maxBytes);
  } catch (error) {
    throw error instanceof LoadError ? error : explain(path, error as NodeJS.ErrnoException);
  }
}

async function readBounded(real: string, shown: string, maxBytes: number): Promise<Uint8Array> {
  await using file = await open(real);
  const status = await file.stat();
  if (!status.isFile()) throw new LoadError('LOAD_FAILED', `"${shown}" is not a file.`);
  if (status.size > maxBytes) throw tooLarge(shown, maxBytes);
  return await file.readFile();
}

export function tooLarge(shown: string, maxBytes: number): LoadError {
  return new LoadError(
    'LOAD_LIMIT',
    `"${shown}" is larger than ${maxBytes} bytes. Raise the limit if it is trusted.`,
  );
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
  });
}

function outside(path: string): LoadError {
  return new LoadError(
    'LOAD_FORBIDDEN',
    `"${path}" is outside the folder of the WSDL and is not read. Allow its folder if it is meant.`,
  );
}

function explain(path: string, error: NodeJS.ErrnoException): LoadError {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    return new LoadError('LOAD_NOT_FOUND', `There is no file "${path}".`, { cause: error });
  return new LoadError('LOAD_FAILED', `"${path}" cannot be read (${error.code ?? error.name}).`, {
    cause: error,
  });
}
