import type { Operation } from '../../wsdl/index.ts';
import { didYouMean } from '../../wsdl/index.ts';
import type { RouteMapping } from '../route.ts';
import { checkDeprecation } from './check-deprecation.ts';
import type { Report } from './mapping-problem.ts';

/** Checks what a row says besides path and input. */
export function checkRow(row: RouteMapping, operation: Operation, report: Report): void {
  checkStatus(row, operation, report);
  checkFaults(row, operation, report);
  checkCache(row, operation, report);
  checkDeprecation(row, report);
  if (row.operationId !== undefined && !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(row.operationId)) {
    report(
      ['operationId'],
      `"${row.operationId}" cannot be an operationId: use a letter, then letters, digits, "_", "." and "-".`,
    );
  }
}

function checkStatus({ status }: RouteMapping, operation: Operation, report: Report): void {
  if (status === undefined) return;
  if (!Number.isInteger(status) || status < 200 || status > 299) {
    report(['status'], `${status} is no status of success: use 200 to 299.`);
  } else if (operation.output && (status === 204 || status === 205)) {
    report(
      ['status'],
      `${status} means that there is no content, but "${operation.id}" has an output: use 200 or 201.`,
    );
  }
}

function checkFaults({ faults = {} }: RouteMapping, operation: Operation, report: Report): void {
  const declared = operation.faults.map(({ name }) => name);
  for (const [name, status] of Object.entries(faults)) {
    if (!declared.includes(name)) {
      report(['faults', name], `"${operation.id}" declares no fault "${name}".${didYouMean(name, declared)}`);
    } else if (!Number.isInteger(status) || status < 400 || status > 599) {
      report(['faults', name], `${status} is no status of failure: use 400 to 599.`);
    }
  }
}

function checkCache({ cache, method }: RouteMapping, operation: Operation, report: Report): void {
  if (!cache) return;
  if (method !== 'GET') report(['cache'], `Only answers to GET are cached, and this row is ${method}.`);
  else if (!operation.output) report(['cache'], `"${operation.id}" has no output to cache.`);
  if (!(cache.ttlSeconds > 0) || !Number.isFinite(cache.ttlSeconds)) {
    report(['cache', 'ttlSeconds'], `${cache.ttlSeconds} is not a number of seconds above 0.`);
  }
}
