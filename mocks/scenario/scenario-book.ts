import type { OperationCodec } from '../../wsdl/index.ts';
import type { CodecOf } from '../codecs.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Target } from './bound-scenario.ts';
import { bindScenarios, type ScenarioTable } from './check/bind-scenarios.ts';
import { checkMachines } from './check/check-machines.ts';
import { readScenario } from './read/read-scenario.ts';
import { readScenarioSet } from './read/read-scenarios.ts';
import type { Scenario, ScenarioSet } from './scenario.ts';
import type { ScenarioText } from './scenario-source.ts';
import { ScenarioError, type ScenarioProblem } from './source/problem.ts';
import { readYaml } from './source/yaml-source.ts';
import type { StateSnapshot } from './state/mock-state.ts';

/** A scenario as the admin API lists it. */
export interface ScenarioEntry {
  readonly name: string;
  readonly operation: string;
  readonly port?: string;
  readonly priority: number;
  readonly file: string;
  readonly line: number;
}

export interface BookOptions {
  readonly endpoints: readonly Endpoint[];
  readonly codecOf: CodecOf;
}

/** The scenarios of a mock: those of its files, and what was put in or taken out since. */
export class ScenarioBook {
  readonly #targets: readonly Target[];
  readonly #codecOf: CodecOf;
  readonly #files: ScenarioSet;
  #current: ScenarioSet;
  #table: ScenarioTable;

  /** @throws ScenarioError with everything that is wrong with the texts. */
  constructor(texts: readonly ScenarioText[], { endpoints, codecOf }: BookOptions) {
    this.#targets = endpoints.flatMap((endpoint) =>
      endpoint.operations.map((operation) => ({ endpoint, operation })),
    );
    this.#codecOf = codecOf;
    const problems: ScenarioProblem[] = [];
    const roots = texts.flatMap(({ file, text }) => readYaml(file, text, problems) ?? []);
    this.#files = readScenarioSet(roots);
    checkMachines(this.#files);
    this.#current = this.#files;
    this.#table = this.#bind(this.#files, problems);
  }

  get table(): ScenarioTable {
    return this.#table;
  }

  /** What a mock with these scenarios remembers at the start. */
  get initialState(): StateSnapshot {
    const stores = Array.from(this.#files.stores, ([name, { records }]) => {
      const entries = Array.from(records, ([key, record]) => [key, record.toJson()] as const);
      return [name, Object.fromEntries(entries)] as const;
    });
    const machines = Array.from(this.#files.machines, ([name, { initial }]) => [name, initial] as const);
    return { stores: Object.fromEntries(stores), machines: Object.fromEntries(machines), counters: {} };
  }

  get machines(): ScenarioSet['machines'] {
    return this.#files.machines;
  }

  list(): ScenarioEntry[] {
    return this.#current.scenarios.map(({ name, operation, port, priority, node }) => {
      const { file, line } = node.place;
      return { name, operation: operation.text, ...(port && { port: port.text }), priority, file, line };
    });
  }

  /** Adds a scenario, or puts it in place of the one of its name. @throws ScenarioError, and then nothing has changed. */
  put(name: string, text: string): void {
    const problems: ScenarioProblem[] = [];
    const scenario = readNamed(name, text, problems);
    if (scenario === undefined || problems.length > 0) throw new ScenarioError(problems);
    const others = this.#current.scenarios.filter((one) => one.name !== name);
    this.#replace({ ...this.#current, scenarios: [...others, scenario] }, problems);
  }

  /** @returns whether there was one. */
  delete(name: string): boolean {
    const scenarios = this.#current.scenarios.filter((one) => one.name !== name);
    if (scenarios.length === this.#current.scenarios.length) return false;
    this.#replace({ ...this.#current, scenarios }, []);
    return true;
  }

  /** The scenarios of the files again, and no others. */
  reset(): void {
    this.#replace(this.#files, []);
  }

  #replace(set: ScenarioSet, problems: ScenarioProblem[]): void {
    this.#table = this.#bind(set, problems);
    this.#current = set;
  }

  #bind(set: ScenarioSet, problems: ScenarioProblem[]): ScenarioTable {
    const codecOf = ({ endpoint, operation }: Target): OperationCodec => this.#codecOf(endpoint, operation);
    const table = bindScenarios(set, this.#targets, codecOf, problems);
    if (problems.length > 0) throw new ScenarioError(unique(problems));
    return table;
  }
}

function readNamed(name: string, text: string, problems: ScenarioProblem[]): Scenario | undefined {
  const node = readYaml(name, text, problems);
  return node && readScenario(node, name);
}

/** A scenario for two ports has the same problem twice. In the order of the files. */
function unique(problems: readonly ScenarioProblem[]): ScenarioProblem[] {
  const byKey = new Map(problems.map((problem) => [JSON.stringify(Object.values(problem)), problem]));
  return [...byKey.values()].toSorted(
    (left, right) =>
      left.file.localeCompare(right.file) || left.line - right.line || left.column - right.column,
  );
}
