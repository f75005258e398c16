import { escapeXml } from '../scan-tags.ts';
import type { CoverageReport, OperationCoverage, PointCoverage } from './coverage-report.ts';

interface TestCase {
  readonly suite: string;
  readonly name: string;
  /** What is missing, if anything is. */
  readonly failure?: string;
}

/** The report as JUnit XML: a test case for each operation, each declared fault, and each type in requests and in answers. */
export function toJunit({ operations, messages }: CoverageReport): string {
  const cases = [...operations.flatMap(operationCases), ...messageCases(messages)];
  const suites = [...Map.groupBy(cases, ({ suite }) => suite)].map(([suite, own]) => toSuite(suite, own));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="coverage of the mock"${totals(cases)}>\n${suites.join('')}</testsuites>\n`;
}

function operationCases({ service, port, operation, requests, faults }: OperationCoverage): TestCase[] {
  const suite = `${service}/${port}`;
  const called = requests > 0 ? {} : { failure: 'it was never called with a valid request' };
  return [
    { suite, name: operation, ...called },
    ...faults.map(({ name, count }) => ({
      suite,
      name: `${operation}: fault ${name}`,
      ...(count === 0 && { failure: 'it was never answered' }),
    })),
  ];
}

function messageCases(messages: readonly PointCoverage[]): TestCase[] {
  const groups = Map.groupBy(
    messages,
    ({ contract, direction, where }) => `${contract}: ${direction}s\n${where}`,
  );
  return [...groups].map(([key, points]) => {
    const [suite = '', name = ''] = key.split('\n');
    const missing = points.filter(({ count }) => count === 0).map((point) => `${point.kind} ${point.name}`);
    return { suite, name, ...(missing.length > 0 && { failure: `never seen: ${missing.join(', ')}` }) };
  });
}

function toSuite(name: string, cases: readonly TestCase[]): string {
  return `<testsuite name="${attribute(name)}"${totals(cases)}>\n${cases.map(toCase).join('')}</testsuite>\n`;
}

function toCase({ suite, name, failure }: TestCase): string {
  const start = `<testcase classname="${attribute(suite)}" name="${attribute(name)}"`;
  return failure === undefined
    ? `${start}/>\n`
    : `${start}><failure message="${attribute(failure)}"/></testcase>\n`;
}

function totals(cases: readonly TestCase[]): string {
  return ` tests="${cases.length}" failures="${cases.filter(({ failure }) => failure !== undefined).length}"`;
}

function attribute(text: string): string {
  return escapeXml(text).replace(/[\t\r\n]/g, ' ');
}
