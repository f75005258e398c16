import {
  compileContract,
  ContractError,
  type CompiledContract,
  type CompileOptions,
  type Contract,
} from '../wsdl/index.ts';
import type { MockedContract } from './endpoint.ts';

/** A file or URL of a WSDL, or a contract; `?wsdl` is served for what comes with its documents. */
export type MockSource = string | Contract | CompiledContract;

/** @throws ContractError */
export async function toMocked(
  source: MockSource,
  compileOptions: CompileOptions = {},
): Promise<MockedContract> {
  if (typeof source !== 'string' && 'kind' in source) return { contract: source, documents: [] };
  const compiled = typeof source === 'string' ? await compileContract(source, compileOptions) : source;
  const { contract, documents, diagnostics } = compiled;
  if (contract === undefined || diagnostics.some(({ severity }) => severity === 'error'))
    throw new ContractError(diagnostics);
  return { contract, documents };
}
