import type { OperationCodec } from '../../../wsdl/index.ts';
import {
  compareSpecificity,
  operationNames,
  targetsOf,
  type BoundScenario,
  type Target,
} from '../bound-scenario.ts';
import { suggestion } from '../source/yaml-node.ts';
import type { Scenario, ScenarioSet } from '../scenario.ts';
import { checkMachines } from './check-machines.ts';
import { checkStores } from './check-stores.ts';
import { bindScenario } from './bind-scenario.ts';

/** Scenarios by the operation of an endpoint they may answer, in the order they are asked. */
export type ScenarioTable = ReadonlyMap<
  Target['endpoint'],
  ReadonlyMap<Target['operation'], readonly BoundScenario[]>
>;

/** Compares scenarios with the contracts. What does not fit is written down with its place; the rest is bound. */
export function bindScenarios(
  set: ScenarioSet,
  targets: readonly Target[],
  codecOf: (target: Target) => OperationCodec,
): ScenarioTable {
  checkMachines(set);
  checkStores(set);
  const table = new Map<Target['endpoint'], Map<Target['operation'], BoundScenario[]>>();
  for (const scenario of set.scenarios) {
    for (const target of targetsOrFail(scenario, targets)) {
      const { endpoint, operation } = target;
      const bound = bindScenario(scenario, target, codecOf(target), set);
      const ofEndpoint = table.get(endpoint) ?? new Map<Target['operation'], BoundScenario[]>();
      table.set(endpoint, ofEndpoint);
      ofEndpoint.set(operation, [...(ofEndpoint.get(operation) ?? []), bound].toSorted(compareSpecificity));
    }
  }
  return table;
}

function targetsOrFail(scenario: Scenario, all: readonly Target[]): Target[] {
  const found = targetsOf(scenario, all);
  if (found.length > 0) return found;
  const { operation, port } = scenario;
  const known = all.flatMap(operationNames);
  if (operation.text !== '*' && !known.includes(operation.text))
    operation.node.fail(`there is no operation "${operation.text}"${suggestion(operation.text, known)}`);
  else if (port !== undefined) {
    const ports = targetsOf({ operation }, all).map(({ endpoint }) => endpoint.port.name);
    const hint = suggestion(port.text, ports) || `; it is at ${[...new Set(ports)].join(', ')}`;
    port.node.fail(`port "${port.text}" has no operation "${operation.text}"${hint}`);
  }
  return [];
}
