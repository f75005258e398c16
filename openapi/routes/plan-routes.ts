import type { Contract } from '../../wsdl/index.ts';
import { didYouMean } from '../../wsdl/index.ts';
import type { Route, RouteMapping } from '../route.ts';
import { takeName, toCamelCase, toSentence } from '../words.ts';
import { findOperation, portsOf, type BoundOperation } from './bound-port.ts';
import { checkRow } from './check-row.ts';
import { planCache } from './plan-cache.ts';
import { planFaults } from './fault-status.ts';
import { inferMapping } from './infer-mapping.ts';
import type { MappingProblem, Report } from './mapping-problem.ts';
import { parsePathTemplate } from './path-template.ts';
import { planBinary } from './plan-binary.ts';
import { planDeferral } from './plan-deferral.ts';
import { planIdempotency } from './plan-idempotency.ts';
import { planPaging } from './plan-paging.ts';
import { planInput } from './plan-input.ts';
import { planPublish } from './plan-publish.ts';
import { planSensitive } from './plan-sensitive.ts';
import { reportConflicts } from './route-conflicts.ts';

export interface PlanOptions {
  /** Name of the service in the configuration. */
  readonly service: string;
  /** Default: what `inferMapping` says. */
  readonly mapping?: readonly RouteMapping[];
}

/** Resolves a mapping against a contract. Rows with problems give no route; every problem of every row is told. */
export function planRoutes(
  contract: Contract,
  options: PlanOptions,
): { routes: Route[]; problems: MappingProblem[] } {
  const mapping = options.mapping ?? inferMapping(contract, options.service);
  const problems: MappingProblem[] = [];
  const operationIds = new Set(mapping.flatMap(({ operationId }) => operationId ?? []));
  const planned = mapping.map((row, index) => {
    const found: MappingProblem[] = [];
    const report: Report = (field, message) => found.push({ row: index, field, message });
    const route = planRoute(contract, options.service, row, operationIds, report);
    problems.push(...found);
    return found.length === 0 ? route : undefined;
  });
  reportConflicts(mapping, problems);
  const faulty = new Set(problems.map(({ row }) => row));
  const routes = planned.filter((route, index) => route !== undefined && !faulty.has(index)) as Route[];
  return { routes, problems: problems.sort((left, right) => left.row - right.row) };
}

function planRoute(
  contract: Contract,
  service: string,
  row: RouteMapping,
  operationIds: Set<string>,
  report: Report,
): Route | undefined {
  const template = parsePathTemplate(row.path);
  if (typeof template === 'string') report(['path'], template);
  const bound = findOperation(contract, row.operation, row.port);
  if (!bound) {
    reportUnknownOperation(contract, row, report);
    return undefined;
  }
  checkRow(row, bound.operation, report);
  // Without a template its parameters are unknown, and every complaint about them would be noise.
  if (typeof template === 'string') return undefined;
  const input = planInput(contract, bound.operation, row, template.parameters, report);
  const paged = planPaging(contract, bound.operation, row, input.parameters, report);
  const binary = planBinary(contract, bound.operation, row, report);
  const sensitive = planSensitive(contract, bound.operation, row, report);
  const idempotency = planIdempotency(contract, bound, row, input.presets, report);
  return {
    ...toRoute(service, row, bound, operationIds),
    ...input,
    ...paged,
    ...(binary && { binary }),
    ...(sensitive && { sensitive }),
    ...idempotency,
    ...planDeferral(row, idempotency.idempotency, report),
    ...planCache(contract, bound.operation, row, report),
    ...planPublish(contract, bound.operation, row, input.parameters, report),
  };
}

function toRoute(
  service: string,
  row: RouteMapping,
  { operation, port, service: wsdlService }: BoundOperation,
  operationIds: Set<string>,
): Omit<Route, 'parameters' | 'presets' | 'hasBody'> {
  return {
    service,
    wsdlService: wsdlService.name,
    port: port.name,
    operation: operation.id,
    operationId: row.operationId ?? takeName(toCamelCase(operation.id) || 'operation', operationIds),
    method: row.method,
    path: row.path,
    summary: row.summary ?? toSentence(operation.id),
    ...(operation.documentation !== undefined && { documentation: operation.documentation }),
    tags: row.tags ?? [service],
    scopes: row.scopes ?? [],
    hasOutput: operation.output !== undefined,
    status: row.status ?? (operation.output ? 200 : 202),
    faults: planFaults(operation, row.faults),
    ...(row.rateLimit && { rateLimit: row.rateLimit }),
    ...(row.deprecated && { deprecated: row.deprecated }),
    ...(row.safe !== undefined && { isSafe: row.safe }),
  };
}

function reportUnknownOperation(contract: Contract, row: RouteMapping, report: Report): void {
  const ports = portsOf(contract);
  const names = ports.map(({ port }) => port.name);
  if (row.port !== undefined && !names.includes(row.port)) {
    report(['port'], `The contract has no port "${row.port}".${didYouMean(row.port, names)}`);
    return;
  }
  const searched = ports.filter(({ port }) => row.port === undefined || port.name === row.port);
  const ids = searched.flatMap(({ binding }) => binding.operations.map(({ id }) => id));
  const where = row.port === undefined ? 'The contract' : `The port "${row.port}"`;
  report(['operation'], `${where} has no operation "${row.operation}".${didYouMean(row.operation, ids)}`);
}
