import type { Operation } from '../../wsdl/index.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Names } from './check/check-expression.ts';
import type { PlacedExpression } from './source/read-expression.ts';
import type { Condition, Scenario } from './scenario.ts';

/** A scenario for one operation of one port. Paths are found in its contract. */
export interface BoundScenario {
  readonly scenario: Scenario;
  readonly conditions: readonly BoundCondition[];
  /** What its expressions may name. */
  readonly names: Names;
}

/** `value`: of conditions on a path, the expression that it is. */
export interface BoundCondition {
  readonly condition: Condition;
  readonly value?: PlacedExpression;
}

/** What scenarios can be about: an operation at a port. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly operation: Operation;
}

/** The operations a scenario is about, by its `operation` and `port`. */
export function targetsOf(
  { operation, port }: Pick<Scenario, 'operation' | 'port'>,
  all: readonly Target[],
): Target[] {
  return all.filter(
    (target) =>
      (port === undefined || target.endpoint.port.name === port.text) &&
      (operation.text === '*' || operationNames(target).includes(operation.text)),
  );
}

export function operationNames({ endpoint, operation }: Target): readonly [string, string] {
  return [operation.id, `${endpoint.service.name}.${operation.id}`];
}

/**
 * The most specific first: by priority, then those that name an operation before `*`, then those that name a port, then those that name the
 * service, then those with more conditions; of equals the one that stands first.
 */
export function compareSpecificity(left: BoundScenario, right: BoundScenario): number {
  const ranks = [rankOf(left), rankOf(right)] as const;
  const different = ranks[0].findIndex((rank, index) => rank !== ranks[1][index]);
  return different < 0 ? 0 : ranks[1][different]! - ranks[0][different]!;
}

function rankOf({ scenario, conditions }: BoundScenario): readonly number[] {
  const { operation, port, priority, times } = scenario;
  const demands = conditions.reduce((sum, { condition }) => sum + condition.matchers.length, 0);
  return [
    priority,
    operation.text === '*' ? 0 : 1,
    port === undefined ? 0 : 1,
    operation.text.includes('.') ? 1 : 0,
    demands + (times === undefined ? 0 : 1),
  ];
}
