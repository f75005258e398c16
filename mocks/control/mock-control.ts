import type { Endpoint } from '../endpoint.ts';
import type { CodecOf } from '../codecs.ts';
import type { CoverageRecorder } from '../coverage/coverage-recorder.ts';
import type { Journal } from '../journal/journal.ts';
import type { ScenarioPlayer } from '../scenario/play/scenario-player.ts';
import type { ScenarioBook, ScenarioEntry } from '../scenario/scenario-book.ts';
import type { MockState, StateSnapshot } from '../scenario/state/mock-state.ts';
import { FaultSwitches } from './switches.ts';
import type { Verification, VerifyResult } from './verify.ts';

/** What can be begun anew: what was called, what is remembered, which scenarios there are, what is switched on. */
export const RESETTABLE = ['journal', 'state', 'scenarios', 'switches'] as const;

export type Resettable = (typeof RESETTABLE)[number];

export interface ControlParts {
  readonly endpoints: readonly Endpoint[];
  readonly codecOf: CodecOf;
  readonly journal: Journal;
  readonly state: MockState;
  readonly initialState: StateSnapshot;
  readonly player: ScenarioPlayer;
  /** Missing where the mock was made without scenarios. */
  readonly book: ScenarioBook | undefined;
}

/** What a test does to a mock while it runs: by the library, and by the admin API. */
export class MockControl {
  readonly switches: FaultSwitches = new FaultSwitches();
  /** Present where the mock counts coverage. */
  coverage: CoverageRecorder | undefined;
  readonly #parts: ControlParts;
  #book: ScenarioBook | undefined;

  constructor(parts: ControlParts) {
    this.#parts = parts;
    this.#book = parts.book;
  }

  get endpoints(): readonly Endpoint[] {
    return this.#parts.endpoints;
  }

  get journal(): Journal {
    return this.#parts.journal;
  }

  get state(): MockState {
    return this.#parts.state;
  }

  reset(what: readonly Resettable[] = RESETTABLE): void {
    const { journal, state, player, initialState } = this.#parts;
    if (what.includes('journal')) journal.clear();
    if (what.includes('switches')) this.switches.clear();
    if (what.includes('scenarios') && this.#book) {
      this.#book.reset();
      player.replace(this.#book.table);
    }
    if (!what.includes('state')) return;
    state.restore(initialState);
    player.reset();
  }

  /** @returns what is wrong, if there is no such machine or state. */
  setMachine(machine: string, state: string): string | undefined {
    const declared = this.#book?.machines.get(machine);
    if (declared === undefined) return `there is no machine "${machine}"`;
    if (!declared.states.includes(state))
      return `machine "${machine}" has no state "${state}"; it has ${declared.states.join(', ')}`;
    this.state.go(machine, state);
    this.state.commit();
    return undefined;
  }

  hasOperation(name: string): boolean {
    return this.#parts.endpoints.some(({ service, operations }) =>
      operations.some(({ id }) => id === name || `${service.name}.${id}` === name),
    );
  }

  listScenarios(): ScenarioEntry[] {
    return this.#book?.list() ?? [];
  }

  /** `text`: YAML or JSON. @throws ScenarioError, and then nothing has changed. */
  async putScenario(name: string, text: string): Promise<void> {
    const book = await this.#openBook();
    book.put(name, text);
    this.#parts.player.replace(book.table);
  }

  /** @returns whether there was one. */
  deleteScenario(name: string): boolean {
    const isDeleted = this.#book?.delete(name) ?? false;
    if (this.#book) this.#parts.player.replace(this.#book.table);
    return isDeleted;
  }

  /** @throws ScenarioError for conditions that no request can be judged by. */
  async verify(verification: Verification): Promise<VerifyResult> {
    const { journal, endpoints } = this.#parts;
    const targets = endpoints.flatMap((endpoint) =>
      endpoint.operations.map((operation) => ({ endpoint, operation })),
    );
    const { verifyCalls } = await import('./verify-calls.ts');
    return verifyCalls(verification, journal.kept, targets);
  }

  /** The reader of scenarios is loaded when there are any: a mock without starts faster. */
  async #openBook(): Promise<ScenarioBook> {
    const { ScenarioBook: Book } = await import('../scenario/scenario-book.ts');
    return (this.#book ??= new Book([], this.#parts));
  }
}
