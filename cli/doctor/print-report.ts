import type { DoctorReport, Failure, OperationReport } from './report.ts';

/** The report for people: a line for each operation, then a summary. */
export function reportLines(report: DoctorReport): string[] {
  const width = Math.max(0, ...report.operations.map(({ operation }) => operation.length));
  return [
    ...portsOf(report).flatMap(([port, operations]) => [
      port,
      ...operations.flatMap((operation) => operationLines(operation, width, report.wsdl)),
    ]),
    ...(report.refusal === undefined
      ? []
      : [`libxml2 refuses the schema, so no XML was validated: ${report.refusal}`]),
    summaryLine(report),
  ];
}

function portsOf({ operations }: DoctorReport): [string, OperationReport[]][] {
  const byPort = Map.groupBy(
    operations,
    ({ service, port, soapVersion }) => `service ${service}, port ${port}, SOAP ${soapVersion}`,
  );
  return [...byPort];
}

function operationLines(report: OperationReport, width: number, wsdl: string): string[] {
  const { operation, messages, validated, failure } = report;
  const line = `  ${failure ? 'failed' : 'passed'}  ${operation.padEnd(width)}  ${messages} messages, ${validated} validated`;
  return failure ? [line, ...failureLines(failure, operation, wsdl)] : [line];
}

function failureLines(failure: Failure, operation: string, wsdl: string): string[] {
  const { check, direction, fault, variant, seed, cause } = failure;
  return [
    `          ${check}, ${fault === undefined ? direction : `fault ${fault}`}, sample ${variant}: ${cause}`,
    `          again: portico doctor ${wsdl} --operation ${operation} --seed ${seed}`,
  ];
}

function summaryLine({ summary, passed, name }: DoctorReport): string {
  if (name === undefined) return 'the contract does not compile';
  const { operations, messages, validated } = summary;
  if (operations === 0) return 'there is no operation to check';
  const counts = `${summary.passed} of ${operations} operations passed; ${messages} messages, ${validated} of them validated by libxml2`;
  return passed ? counts : `FAILED: ${counts}`;
}
