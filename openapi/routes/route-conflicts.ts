import type { RouteMapping } from '../route.ts';
import type { MappingProblem } from './mapping-problem.ts';
import { parsePathTemplate } from './path-template.ts';

/** Rows that no request, or no document, could tell apart. The later row is to blame. */
export function reportConflicts(mapping: readonly RouteMapping[], problems: MappingProblem[]): void {
  const byRequest = new Map<string, number>();
  const pathByPattern = new Map<string, string>();
  const byOperationId = new Map<string, number>();
  mapping.forEach((row, index) => {
    const template = parsePathTemplate(row.path);
    if (typeof template !== 'string') {
      reportSameRequest(row, index, template.pattern, byRequest, problems);
      reportOtherParameters(row, index, template.pattern, pathByPattern, problems);
    }
    reportSameOperationId(row, index, byOperationId, problems);
  });
}

function reportSameRequest(
  { method, path }: RouteMapping,
  row: number,
  pattern: string,
  seen: Map<string, number>,
  problems: MappingProblem[],
): void {
  const request = `${method} ${pattern}`;
  const first = seen.get(request);
  if (first === undefined) seen.set(request, row);
  else
    problems.push({
      row,
      field: ['path'],
      message: `${method} ${path} is already taken by route ${first + 1}.`,
    });
}

/** OpenAPI 3.1, 4.8.8.1: templates that differ only in the names of their parameters are identical. */
function reportOtherParameters(
  { path }: RouteMapping,
  row: number,
  pattern: string,
  seen: Map<string, string>,
  problems: MappingProblem[],
): void {
  const first = seen.get(pattern);
  if (first === undefined) seen.set(pattern, path);
  else if (
    first !== path &&
    !problems.some((problem) => problem.row === row && problem.field[0] === 'path')
  ) {
    problems.push({
      row,
      field: ['path'],
      message: `${path} and ${first} are the same path: name the parameters alike.`,
    });
  }
}

function reportSameOperationId(
  { operationId }: RouteMapping,
  row: number,
  seen: Map<string, number>,
  problems: MappingProblem[],
): void {
  if (operationId === undefined) return;
  const first = seen.get(operationId);
  if (first === undefined) seen.set(operationId, row);
  else
    problems.push({
      row,
      field: ['operationId'],
      message: `"${operationId}" is already taken by route ${first + 1}.`,
    });
}
