import { maskText } from '../../../masking/index.ts';
import type { Operation, Random } from '../../../wsdl/index.ts';
import type { Answered, Answerer, Miss, SoapCall } from '../../call.ts';
import { Refusal } from '../../refusal.ts';
import type { Delivery } from '../../wire/delivery.ts';
import type { BoundScenario } from '../bound-scenario.ts';
import type { ScenarioTable } from '../check/bind-scenarios.ts';
import type { Scope } from '../expression/evaluate.ts';
import type { Answer, Scenario } from '../scenario.ts';
import type { MockState } from '../state/mock-state.ts';
import { PlayError } from '../template/render.ts';
import { applyChange } from './apply-change.ts';
import { drawDelay } from './draw-delay.ts';
import { holdsFor, reasonAgainst } from './match-condition.ts';
import { renderAnswer } from './render-answer.ts';
import { scopeOf } from './scope-of.ts';

export interface PlayerOptions {
  readonly state: MockState;
  readonly seed: number;
  readonly now: () => Date;
}

interface Match {
  readonly scenario: Scenario;
  readonly scope: Scope;
  /** How often the scenario has answered, this call included. */
  readonly turn: number;
}

/**
 * Answers calls by scenarios. From the first look at the state to the last change of it nothing else happens in between, so that
 * calls at the same time neither see nor overwrite each other's half.
 */
export class ScenarioPlayer {
  readonly #options: PlayerOptions;
  #table: ScenarioTable;
  #calls = new Map<Operation, number>();
  #turns = new Map<string, number>();

  constructor(table: ScenarioTable, options: PlayerOptions) {
    this.#table = table;
    this.#options = options;
  }

  /** From now on these scenarios. What was counted for a scenario of the same name is still counted. */
  replace(table: ScenarioTable): void {
    this.#table = table;
  }

  /** Begins to count anew: calls, turns of sequences, `times`. */
  reset(): void {
    this.#calls.clear();
    this.#turns.clear();
  }

  readonly answer: Answerer = (call, next) => {
    const scenarios = this.#table.get(call.endpoint)?.get(call.operation);
    if (scenarios === undefined) return next();
    const calls = count(this.#calls, call.operation);
    const misses: Miss[] = [];
    const match = this.#find(scenarios, call, calls, misses);
    return match === undefined ? pass(next, { misses }) : this.#play(match, call, next, misses);
  };

  #find(
    scenarios: readonly BoundScenario[],
    call: SoapCall,
    calls: number,
    misses: Miss[],
  ): Match | undefined {
    const parts = { ...this.#options, calls };
    for (const bound of scenarios) {
      const { scenario } = bound;
      const turn = (this.#turns.get(scenario.name) ?? 0) + 1;
      const scope = scopeOf(scenario, call, parts);
      const reason = this.#reasonAgainst(bound, turn, scope);
      if (reason === undefined) {
        this.#turns.set(scenario.name, turn);
        return { scenario, scope, turn };
      }
      this.#options.state.rollback();
      misses.push(missOf(scenario, reason));
    }
    return undefined;
  }

  #reasonAgainst(
    { scenario: { times }, conditions }: BoundScenario,
    turn: number,
    scope: Scope,
  ): string | undefined {
    if (turn > (times ?? Infinity)) return `it has answered ${times ?? 0} times`;
    const failed = conditions.find((condition) => !holdsFor(condition, scope));
    return failed && reasonAgainst(failed, scope);
  }

  #play(
    { scenario, scope, turn }: Match,
    call: SoapCall,
    next: () => Promise<Answered>,
    misses: Miss[],
  ): Answered | Promise<Answered> {
    const answer = answerOf(scenario, turn);
    const by = { kind: 'scenario', name: scenario.name } as const;
    try {
      for (const change of scenario.change) applyChange(change, this.#options.state, scope);
      const found = { by, misses, ...deliveryOf(scenario, answer, scope.context.random) };
      const body = answer?.body && renderAnswer(answer.body, answer.node, call, scope);
      this.#options.state.commit();
      return body ? { ...found, answer: body } : pass(next, found);
    } catch (error) {
      this.#options.state.rollback();
      if (error instanceof PlayError || error instanceof RangeError)
        throw new Refusal('Receiver', `scenario "${scenario.name}" failed: ${error.message}`);
      throw error;
    }
  }
}

async function pass(next: () => Promise<Answered>, found: Partial<Answered>): Promise<Answered> {
  return { ...(await next()), ...found };
}

/** Masked when somebody looks at it. */
function missOf({ name }: Scenario, reason: string): Miss {
  return {
    scenario: name,
    get reason() {
      return maskText(reason);
    },
  };
}

function answerOf({ answers, afterwards }: Scenario, turn: number): Answer | undefined {
  const index = afterwards === 'cycle' ? (turn - 1) % answers.length : Math.min(turn, answers.length) - 1;
  return answers[index];
}

/** What an answer says of its own sending goes before what its scenario says. */
function deliveryOf(scenario: Scenario, answer: Answer | undefined, random: Random): { delivery?: Delivery } {
  const delay = answer?.delay ?? scenario.delay;
  const wire = answer?.wire ?? scenario.wire;
  if (delay === undefined && wire === undefined) return {};
  return {
    delivery: { ...(delay && { delayMilliseconds: drawDelay(delay, random) }), ...(wire && { wire }) },
  };
}

function count(counts: Map<Operation, number>, operation: Operation): number {
  const calls = (counts.get(operation) ?? 0) + 1;
  counts.set(operation, calls);
  return calls;
}
