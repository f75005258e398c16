import type { OperationCodec } from '../../../wsdl/index.ts';
import {
  compareSpecificity,
  operationNames,
  targetsOf,
  type BoundScenario,
  type Target,
} from '../bound-scenario.ts';
import type { ScenarioProblem } from '../source/problem.ts';
import { suggestion } from '../source/yaml-node.ts';
import type { Scenario, ScenarioSet } from '../scenario.ts';
import { bindScenario } from './bind-scenario.ts';
import { checkAnswer } from './check-answer.ts';
import { checkStores } from './check-stores.ts';

/** Scenarios by the operation of an endpoint they may answer, in the order they are asked. */
export type ScenarioTable = ReadonlyMap<
  Target['endpoint'],
  ReadonlyMap<Target['operation'], readonly BoundScenario[]>
>;

type Declared = Pick<ScenarioSet, 'stores' | 'machines'>;

/** Compares scenarios with the contracts. What does not fit goes to `problems`, with its place; the rest is bound. */
export function bindScenarios(
  set: ScenarioSet,
  targets: readonly Target[],
  codecOf: (target: Target) => OperationCodec,
  problems: ScenarioProblem[],
): ScenarioTable {
  checkStores(set);
  const table = new Map<Target['endpoint'], Map<Target['operation'], BoundScenario[]>>();
  for (const scenario of set.scenarios) {
    const bound = bindWhereItFits(scenario, targetsOrFail(scenario, targets), problems, set);
    for (const { target, scenario: one } of bound) {
      checkAnswers(scenario, one, codecOf(target));
      addTo(table, target, one);
    }
  }
  return table;
}

function checkAnswers(scenario: Scenario, { names }: BoundScenario, codec: OperationCodec): void {
  for (const answer of scenario.answers) checkAnswer(answer, codec, names);
  const isSilent = scenario.answers.every(({ body }) => body === undefined);
  if (scenario.change.length > 0 && isSilent && codec.output !== undefined)
    scenario.node.fail('changes the state but answers nothing; add an "answer"');
}

function addTo(
  table: Map<Target['endpoint'], Map<Target['operation'], BoundScenario[]>>,
  { endpoint, operation }: Target,
  bound: BoundScenario,
): void {
  const ofEndpoint = table.get(endpoint) ?? new Map<Target['operation'], BoundScenario[]>();
  table.set(endpoint, ofEndpoint);
  ofEndpoint.set(operation, [...(ofEndpoint.get(operation) ?? []), bound].toSorted(compareSpecificity));
}

const NOTHING: Declared = { stores: new Map(), machines: new Map() };

/** `*` means the operations whose messages have the paths it asks for; it is a problem only if none has. */
export function bindWhereItFits(
  scenario: Scenario,
  targets: readonly Target[],
  problems: ScenarioProblem[],
  declared: Declared = NOTHING,
): { readonly target: Target; readonly scenario: BoundScenario }[] {
  const before = problems.length;
  const tries = targets.map((target) => {
    const from = problems.length;
    return { target, scenario: bindScenario(scenario, target, declared), isFit: problems.length === from };
  });
  const fitting = tries.filter(({ isFit }) => isFit);
  if (scenario.operation.text !== '*' || fitting.length === 0) return tries;
  problems.length = before;
  return fitting;
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
