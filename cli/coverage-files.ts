import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toCoveragePage, toJunit, type CoverageReport } from '../mocks/index.ts';

/** Writes a report, if a folder is given for it, and tells its sum. @returns the exit code: 1 if less than `least` percent was seen */
export function tellCoverage(report: CoverageReport, folder: string | undefined, least: number = 0): number {
  if (folder !== undefined) writeCoverage(folder, report);
  const { total, operations } = report.summary;
  console.log(`coverage ${total.percent} %, operations ${operations.seen} of ${operations.all}`);
  if (total.percent >= least) return 0;
  console.error(`less than the ${least} % of --coverage-min was seen`);
  return 1;
}

/** Writes a report for programs (JSON), for build servers (JUnit XML) and for people (HTML) into a folder, made if need be. */
function writeCoverage(folder: string, report: CoverageReport): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'coverage.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(folder, 'coverage.xml'), toJunit(report));
  writeFileSync(join(folder, 'coverage.html'), toCoveragePage(report));
}
