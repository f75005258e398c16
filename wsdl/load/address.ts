import { dirname, isAbsolute, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadError } from './load-error.ts';

/** Where a document is: a URL, or a path as given or relative to one that was given. */
export interface Address {
  readonly kind: 'remote' | 'file';
  readonly uri: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** @throws LoadError for a scheme that is neither file nor http(s). */
export function parseAddress(location: string): Address {
  if (/^https?:/i.test(location)) return remote(location);
  if (/^file:/i.test(location)) return { kind: 'file', uri: pathOf(location) };
  if (SCHEME.test(location))
    throw new LoadError(
      'LOAD_FAILED',
      `Documents are not loaded by the scheme of "${location}". Use a file or an http(s) URL.`,
    );
  return { kind: 'file', uri: location };
}

/** `location` as written in the document at `base`. */
export function resolveAddress(base: Address, location: string): Address {
  if (SCHEME.test(location)) return parseAddress(location);
  if (base.kind === 'remote') return remote(new URL(location, base.uri).href);
  const path = unescape(location.replace(/#.*$/s, '')).replaceAll('\\', '/');
  return { kind: 'file', uri: isAbsolute(path) ? normalize(path) : join(dirname(base.uri), path) };
}

function remote(location: string): Address {
  const url = URL.parse(location);
  if (!url) throw new LoadError('LOAD_FAILED', `"${location}" is not a URL.`);
  url.hash = '';
  return { kind: 'remote', uri: url.href };
}

function pathOf(fileUrl: string): string {
  try {
    return fileURLToPath(fileUrl);
  } catch (error) {
    throw new LoadError('LOAD_FORBIDDEN', `"${fileUrl}" is not a file URL of this machine.`, {
      cause: error,
    });
  }
}

/** A path with % that escapes nothing is taken as it is. */
function unescape(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** URI (as in `SourceDocument`) that a location written in the document `base` leads to; undefined if it leads nowhere. */
export function resolveLocation(base: string, location: string): string | undefined {
  try {
    return resolveAddress(parseAddress(base), location).uri;
  } catch (error) {
    if (error instanceof LoadError) return undefined;
    throw error;
  }
}
