import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fastXmlParser } from '../parse/fast-xml-parser.ts';
import { LoadError } from './load-error.ts';

/**
 * A catalog file -> where the local copy of each URL is; paths in it are relative to the file. Either lines of
 * `url <tab> path` (more columns are ignored, and so is a first line `url <tab> local`), or an OASIS XML catalog, of
 * which the `uri` and `system` entries are read.
 *
 * @throws LoadError if it cannot be read or has no entry
 */
export function readCatalog(path: string): Record<string, string> {
  const text = readText(path);
  const entries = /^\s*</.test(text) ? xmlEntries(text, path) : lineEntries(text);
  if (entries.length === 0)
    throw new LoadError(
      'LOAD_FAILED',
      `The catalog "${path}" has no entry: write lines of URL, tab and path.`,
    );
  return Object.fromEntries(entries.map(([url, local]) => [url, resolve(dirname(path), local)]));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new LoadError(
      'LOAD_NOT_FOUND',
      `The catalog "${path}" cannot be read: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

type Entry = readonly [url: string, local: string];

function lineEntries(text: string): Entry[] {
  return text.split(/\r?\n/).flatMap((line): Entry[] => {
    const [url = '', local = ''] = line.split('\t').map((cell) => cell.trim());
    const isEntry = url !== '' && local !== '' && !url.startsWith('#') && url !== 'url';
    return isEntry ? [[url, local]] : [];
  });
}

/** OASIS XML Catalogs 1.1, 6.5.4 (system) and 6.5.9 (uri). */
const XML_ENTRIES: Readonly<Record<string, string>> = { uri: '@name', system: '@systemId' };

function xmlEntries(text: string, path: string): Entry[] {
  const { XMLParser } = fastXmlParser();
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseAttributeValue: false,
    processEntities: false,
  });
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is another package; the parser alone is lenient
    return entriesBelow(parser.parse(text, true));
  } catch (error) {
    throw new LoadError(
      'LOAD_FAILED',
      `The catalog "${path}" is not well-formed: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

function entriesBelow(node: unknown): Entry[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) =>
    [child].flat().flatMap((one: unknown) => [...entryOf(name, one), ...entriesBelow(one)]),
  );
}

function entryOf(element: string, node: unknown): Entry[] {
  const key = Object.hasOwn(XML_ENTRIES, element) ? XML_ENTRIES[element] : undefined;
  if (key === undefined || typeof node !== 'object' || node === null) return [];
  const { [key]: url, '@uri': local } = node as Record<string, unknown>;
  return typeof url === 'string' && typeof local === 'string' ? [[unescape(url), unescape(local)]] : [];
}

function unescape(value: string): string {
  return value.replaceAll('&amp;', '&');
}
