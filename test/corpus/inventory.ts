import { readFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A WSDL of a folder of contracts. */
export interface ContractRow {
  /** What known-gaps.json calls it: the path in the folder, without `files/`. */
  readonly contract: string;
  readonly file: string;
  /** Folder that its documents come from. */
  readonly root: string;
  /** `negative` contracts must be refused; all others must pass. */
  readonly tier: string;
  readonly features: readonly string[];
  /** Size of the WSDL with its imports, where known; the largest are checked first. */
  readonly bytes: number;
  /** Why it can be neither passed nor failed. */
  readonly exclusion?: string;
}

export interface ContractFolder {
  readonly rows: readonly ContractRow[];
  /** Remote schemaLocation -> local copy. */
  readonly catalog: Readonly<Record<string, string>>;
}

/**
 * Reads inventory.tsv and catalog.tsv. The inventory needs the columns `path` and `tier`; `origin` (then the file is
 * files/<origin>/<path>), `features`, and what the exclusions ask for are optional.
 */
export function readContractFolder(folder: string): ContractFolder {
  const rows = readTable(join(folder, 'inventory.tsv')).map((row) => toRow(folder, row));
  const catalogFile = join(folder, 'catalog.tsv');
  const catalog = existsSync(catalogFile) ? readTable(catalogFile) : [];
  const copies = catalog.map(({ url = '', local = '' }) => [url, resolve(folder, local)]);
  return { rows, catalog: Object.fromEntries(copies) as Record<string, string> };
}

type Row = Readonly<Record<string, string>>;

function readTable(file: string): Row[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/);
  const names = header.split('\t');
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const cells = line.split('\t');
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
    });
}

function toRow(folder: string, row: Row): ContractRow {
  const {
    origin = '',
    path = '',
    tier = 'core',
    features = '',
    bytes = '',
    closure_bytes: closure = '',
  } = row;
  const contract = origin === '' ? path : `${origin}/${path}`;
  const file = resolve(folder, origin === '' ? '' : 'files', contract);
  const exclusion = exclusionOf(row);
  return {
    contract,
    file,
    root: origin === '' ? dirname(file) : resolve(folder, 'files', origin),
    tier,
    features: features.split(',').filter((feature) => feature !== ''),
    bytes: Number(closure || bytes) || 0,
    ...(exclusion !== undefined && { exclusion }),
  };
}

function exclusionOf(row: Row): string | undefined {
  const { tier, wsdl, soap, operations, unresolved_with_catalog: unresolved } = row;
  if (tier === 'dup') return 'the same bytes as another';
  if (tier === 'negative') return undefined;
  if (wsdl !== undefined && wsdl !== '1.1') return `WSDL ${wsdl}`;
  if (unresolved !== undefined && unresolved !== '0') return 'imports documents that are missing';
  if (soap !== undefined && !/1\.[12]/.test(soap)) return 'has no SOAP binding';
  return operations === '0' ? 'has no operation' : undefined;
}
