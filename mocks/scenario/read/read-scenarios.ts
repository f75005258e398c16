import type { YamlNode } from '../source/yaml-node.ts';
import { suggestion } from '../source/yaml-node.ts';
import type { MachineDeclaration, Scenario, ScenarioSet, StoreDeclaration } from '../scenario.ts';
import { readScenario } from './read-scenario.ts';

/** The contents of scenario files as one set: a name stands for one thing in all of them. */
export function readScenarioSet(roots: readonly YamlNode[]): ScenarioSet {
  const stores = new Map<string, StoreDeclaration>();
  const machines = new Map<string, MachineDeclaration>();
  const scenarios: Scenario[] = [];
  for (const root of roots) {
    const members = root.readMap(['stores', 'machines', 'scenarios']);
    for (const [name, node] of members.get('stores')?.readMap() ?? [])
      addOnce(stores, name, readStore(node), 'store');
    for (const [name, node] of members.get('machines')?.readMap() ?? [])
      addOnce(machines, name, readMachine(node), 'machine');
    for (const node of members.get('scenarios')?.readList() ?? []) {
      const scenario = readScenario(node);
      if (scenario !== undefined) scenarios.push(scenario);
    }
  }
  assertNamesOnce(scenarios);
  return { stores, machines, scenarios };
}

function addOnce<Declaration extends { readonly node: YamlNode }>(
  all: Map<string, Declaration>,
  name: string,
  declaration: Declaration | undefined,
  what: string,
): void {
  const before = all.get(name);
  if (before !== undefined)
    declaration?.node.fail(`there is a ${what} "${name}" already, at ${placeOf(before.node)}`);
  else if (declaration !== undefined) all.set(name, declaration);
}

function assertNamesOnce(scenarios: readonly Scenario[]): void {
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const before = seen.get(scenario.name);
    if (before === undefined) seen.set(scenario.name, scenario);
    else scenario.node.fail(`there is a scenario "${scenario.name}" already, at ${placeOf(before.node)}`);
  }
}

function placeOf(node: YamlNode): string {
  const { file, line } = node.place;
  return `${file}:${line}`;
}

/** A store by its records at the start: `{ key: record }`; `{}` for an empty one. */
function readStore(node: YamlNode): StoreDeclaration {
  return { node, records: node.readMap() };
}

/** `{ states: [...], initial: ... }`; without `initial` the first. */
function readMachine(node: YamlNode): MachineDeclaration | undefined {
  const members = node.readMap(['states', 'initial']);
  const states = (members.get('states')?.readList() ?? []).flatMap(
    (state) => state.readText('the name of a state') ?? [],
  );
  const [first] = states;
  if (first === undefined) {
    node.fail('a machine needs "states", at least one');
    return undefined;
  }
  const initial = members.get('initial')?.text ?? first;
  if (!states.includes(initial))
    members.get('initial')?.fail(`there is no state "${initial}"${suggestion(initial, states)}`);
  return { node, states, initial };
}
