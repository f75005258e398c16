import { openDump } from '../../cli/doctor/dump.ts';
import { examine } from '../../cli/doctor/examine.ts';
import type { DoctorReport, OperationReport } from '../../cli/doctor/report.ts';
import { compileContract, type CompileOptions } from '../../wsdl/index.ts';
import type { ContractRow } from './inventory.ts';
import type { Cause, Outcome } from './outcome.ts';

export interface CheckOptions {
  readonly catalog: Readonly<Record<string, string>>;
  readonly dump?: string;
  readonly isQuick?: boolean;
}

/** The doctor on one contract. */
export async function checkRow(row: ContractRow, options: CheckOptions): Promise<Outcome> {
  const start = performance.now();
  const compile: CompileOptions = { catalog: options.catalog, allowedRoots: [row.root] };
  const strict = await compileContract(row.file, compile);
  const dump = options.dump === undefined ? undefined : openDump(options.dump, row.file, subfolderOf(row));
  const report = await examine(row.file, {
    compile: { ...compile, lenient: true },
    ...(options.isQuick && { isQuick: true }),
    ...(dump && { onMessage: (message) => dump.add(message) }),
  });
  dump?.close();
  const causes = row.tier === 'negative' ? causesOfAcceptance(report) : causesOf(report);
  return {
    contract: row.contract,
    passed: causes.length === 0,
    compiledStrictly: strict.contract !== undefined,
    compiled: report.name !== undefined,
    operations: report.summary.operations,
    operationsPassed: report.summary.passed,
    messages: report.summary.messages,
    validated: report.summary.validated,
    ...(report.refusal !== undefined && { refusal: report.refusal }),
    causes,
    seconds: (performance.now() - start) / 1000,
  };
}

function subfolderOf({ contract }: ContractRow): string {
  return contract.replace(/[^\w.-]+/g, '_').slice(-150);
}

/** A contract that cannot be right must be refused, with a diagnostic that says why. */
function causesOfAcceptance({ name, diagnostics }: DoctorReport): Cause[] {
  if (name !== undefined) return [{ kind: 'accepted', text: 'it compiles, though it is known to be broken' }];
  const isClear = diagnostics.length > 0 && !diagnostics.some((line) => line.startsWith('a defect'));
  return isClear ? [] : [{ kind: 'refusal', text: diagnostics[0] ?? 'it is refused without a word' }];
}

function causesOf(report: DoctorReport): Cause[] {
  const { name, passed, operations, diagnostics } = report;
  if (passed) return [];
  if (name === undefined) return [{ kind: 'compile', text: firstError(diagnostics) }];
  if (operations.length === 0) return [{ kind: 'no operations', text: firstError(diagnostics) }];
  return operations.flatMap(toCause);
}

function toCause({ port, operation, failure }: OperationReport): Cause[] {
  if (!failure) return [];
  const { check, direction, fault, variant, seed, cause } = failure;
  const where = `${fault === undefined ? direction : `fault ${fault}`}, ${variant}, seed ${seed}`;
  return [{ kind: check, operation: `${port}/${operation}`, text: `${where}: ${cause}` }];
}

function firstError(diagnostics: readonly string[]): string {
  return diagnostics.find((line) => / error /.test(line)) ?? diagnostics[0] ?? 'no diagnostic says why';
}
