import { basename } from 'node:path';
import {
  compileContract,
  formatDiagnostic,
  type CompiledContract,
  type CompileOptions,
  type Contract,
} from '../wsdl/index.ts';
import { CommandError } from './command.ts';

/** Options that say which documents a WSDL may bring in, shared by all commands that take a WSDL. */
export const sourceOptions = {
  'allow-host': { type: 'string' },
  'allow-folder': { type: 'string' },
} as const;

export const sourceHelp = `  --allow-host H,...    also import schemas from these hosts
  --allow-folder D,...  also import local documents below these folders`;

export function toCompileOptions(values: Readonly<Record<string, string | undefined>>): CompileOptions {
  return {
    ...(values['allow-host'] && { allowedHosts: values['allow-host'].split(',') }),
    ...(values['allow-folder'] && { allowedRoots: values['allow-folder'].split(',') }),
  };
}

export type CompleteContract = CompiledContract & { readonly contract: Contract };

/** Compiles a WSDL; warnings go to stderr. @throws CommandError with every diagnostic if one is an error. */
export async function compileOrFail(uri: string, options: CompileOptions): Promise<CompleteContract> {
  const compiled = await compileContract(uri, options);
  const { contract, diagnostics } = compiled;
  if (contract === undefined || diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    throw new CommandError(diagnostics.map(formatDiagnostic).join('\n'));
  }
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
  return { ...compiled, contract };
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
