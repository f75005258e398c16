import type {
  Change,
  Condition,
  MachineDeclaration,
  Scenario,
  ScenarioSet,
  ValueMatcher,
} from '../scenario.ts';
import type { Template } from '../template/template.ts';

/** Writes down the states that no call can lead to, and those conditions ask for though there are none of the name. */
export function checkMachines({ machines, scenarios }: ScenarioSet): void {
  for (const [name, machine] of machines) {
    const reached = reachedStates(name, machine, scenarios);
    for (const state of machine.states)
      if (!reached.has(state))
        machine.node.fail(`no scenario leads to state "${state}" of machine "${name}"`);
    for (const { when } of scenarios) for (const condition of when) checkStates(condition, name, machine);
  }
}

function reachedStates(
  name: string,
  { initial }: MachineDeclaration,
  scenarios: readonly Scenario[],
): Set<string> {
  const reached = new Set([initial]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const scenario of scenarios) {
      const from = statesBefore(name, scenario);
      if (from !== undefined && !from.some((state) => reached.has(state))) continue;
      for (const change of scenario.change) if (isMove(change, name)) reached.add(change.to.text);
    }
  }
  return reached;
}

function isMove(change: Change, machine: string): change is Change & { readonly kind: 'go' } {
  return change.kind === 'go' && change.machine.text === machine;
}

/** The states a scenario asks for; undefined if any will do, or what will do is known only when it is played. */
function statesBefore(name: string, { when }: Scenario): readonly string[] | undefined {
  const asked = when.filter(({ subject }) => subject.kind === 'machine' && subject.machine.text === name);
  const lists = asked.map(statesOf).filter((states) => states !== undefined);
  return lists.length === 0
    ? undefined
    : lists.reduce((left, right) => left.filter((state) => right.includes(state)));
}

function statesOf({ matchers }: Condition): string[] | undefined {
  for (const matcher of matchers) {
    if (!saysStates(matcher)) continue;
    const states = expectedOf(matcher).map((one) =>
      one.kind === 'constant' ? String(one.value) : undefined,
    );
    if (states.every((state) => state !== undefined)) return states;
  }
  return undefined;
}

function checkStates(condition: Condition, name: string, { states }: MachineDeclaration): void {
  if (condition.subject.kind !== 'machine' || condition.subject.machine.text !== name) return;
  for (const state of statesOf(condition) ?? [])
    if (!states.includes(state))
      condition.node.fail(`machine "${name}" has no state "${state}"; it has ${states.join(', ')}`);
}

type StateMatcher = ValueMatcher & { readonly kind: 'compare' | 'oneOf' };

function expectedOf(matcher: StateMatcher): readonly Template[] {
  return matcher.kind === 'oneOf' ? matcher.expected : [matcher.expected];
}

function saysStates(matcher: ValueMatcher): matcher is StateMatcher {
  return matcher.kind === 'oneOf' || (matcher.kind === 'compare' && matcher.by === 'equals');
}
