import { basename } from 'node:path';
import {
  compileContract,
  formatDiagnostic,
  LoadError,
  readCatalog,
  type CompiledContract,
  type CompileOptions,
  type Contract,
  type Diagnostic,
} from '../wsdl/index.ts';
import { CommandError, type CommandInput } from './command.ts';

/** Options that say which documents a WSDL may bring in and how strictly they are read, shared by all commands that take a WSDL. */
export const sourceOptions = {
  'allow-host': { type: 'string' },
  'allow-folder': { type: 'string' },
  catalog: { type: 'string' },
  lenient: { type: 'boolean' },
} as const;

export const sourceHelp = `  --allow-host H,...    also import schemas from these hosts
  --allow-folder D,...  also import local documents below these folders
  --catalog FILE        local copies of documents: lines of URL, tab and path, or an OASIS XML catalog
  --lenient             take unknown names as content of any kind, and warn, instead of refusing the WSDL`;

/** @throws CommandError for a catalog that cannot be read */
export function toCompileOptions({ values, flags }: CommandInput): CompileOptions {
  return {
    ...(flags.has('lenient') && { lenient: true }),
    ...(values['catalog'] && { catalog: catalogOrFail(values['catalog']) }),
    ...(values['allow-host'] && { allowedHosts: values['allow-host'].split(',') }),
    ...(values['allow-folder'] && { allowedRoots: values['allow-folder'].split(',') }),
  };
}

function catalogOrFail(path: string): Readonly<Record<string, string>> {
  try {
    return readCatalog(path);
  } catch (error) {
    if (error instanceof LoadError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

export type CompleteContract = CompiledContract & { readonly contract: Contract };

/** Compiles a WSDL; warnings go to stderr. @throws CommandError with every diagnostic if one is an error. */
export async function compileOrFail(uri: string, options: CompileOptions): Promise<CompleteContract> {
  const compiled = await compileContract(uri, options);
  const { contract, diagnostics } = compiled;
  if (contract === undefined || diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    throw new CommandError([...diagnostics.map(formatDiagnostic), ...lenientAdvice(diagnostics)].join('\n'));
  }
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
  return { ...compiled, contract };
}

/** One line if --lenient would take the WSDL: how many faults as what. */
export function lenientAdvice(diagnostics: readonly Diagnostic[]): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const counts = new Map<string, number>();
  for (const { lenient } of errors) {
    if (lenient === undefined) return [];
    counts.set(lenient, (counts.get(lenient) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const list = [...counts].map(([taken, count]) => `${count} ${taken}`).join('; ');
  return [
    `${errors.length === 1 ? '1 error' : `${errors.length} errors`}. With --lenient they are warnings: ${list}.`,
  ];
}

/** `https://host/CoreBanking.svc?wsdl` -> `core-banking`: the name of a service where none is given. */
export function serviceNameOf(uri: string): string {
  const path = /^https?:/.test(uri) ? new URL(uri).pathname : uri;
  const stem = basename(path).replace(/\.[a-z]+$/i, '');
  const words = stem
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== '').join('-') || 'service';
}
