import { maskText } from '../../masking/index.ts';
import type { KeptCall } from '../journal/to-call.ts';
import { targetsOf, type BoundScenario, type Target } from '../scenario/bound-scenario.ts';
import { bindWhereItFits } from '../scenario/check/bind-scenarios.ts';
import { holdsFor, reasonAgainst } from '../scenario/play/match-condition.ts';
import { scopeOf } from '../scenario/play/scope-of.ts';
import { readScenario } from '../scenario/read/read-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { ScenarioError, type ScenarioProblem } from '../scenario/source/problem.ts';
import { readYaml } from '../scenario/source/yaml-source.ts';
import { suggestion } from '../scenario/source/yaml-node.ts';
import { operationNames } from '../scenario/bound-scenario.ts';
import { MockState } from '../scenario/state/mock-state.ts';
import type { NearMiss, Verification, VerifyResult } from './verify.ts';

const MOST_MISSES = 5;
const NAME = 'verification';

/** Counts the calls that fit. @throws ScenarioError for conditions that no request can be judged by. */
export function verifyCalls(
  { exactly, atLeast, atMost, scenario: answeredBy, ...asked }: Verification,
  calls: readonly KeptCall[],
  targets: readonly Target[],
): VerifyResult {
  const problems: ScenarioProblem[] = [];
  const scenario = readAsked(asked, problems);
  const bound = scenario
    ? bindAsked(scenario, targets, problems)
    : new Map<Target['operation'], BoundScenario>();
  if (problems.length > 0) throw new ScenarioError(problems);
  const judged = calls.map((kept) => ({ kept, reasons: reasonsAgainst(kept, bound, scenario, answeredBy) }));
  const count = judged.filter(({ reasons }) => reasons.length === 0).length;
  const least = exactly ?? atLeast ?? (atMost === undefined ? 1 : 0);
  const most = exactly ?? atMost ?? Infinity;
  return {
    passed: count >= least && count <= most,
    count,
    expected: `${boundsInWords(least, most)} of ${asked.operation ?? 'any operation'}`,
    nearMisses: count < least ? nearest(judged) : [],
  };
}

function readAsked(
  asked: Pick<Verification, 'operation' | 'port' | 'when'>,
  problems: ScenarioProblem[],
): Scenario | undefined {
  const text = JSON.stringify({ operation: '*', ...asked }, undefined, 2);
  const node = readYaml(NAME, text, problems);
  const scenario = node && readScenario(node, NAME);
  for (const { subject, node: at } of scenario?.when ?? [])
    if (!['path', 'value', 'header'].includes(subject.kind))
      at.fail(`"${subject.kind}" is no condition on a request`);
  return scenario;
}

function bindAsked(
  scenario: Scenario,
  targets: readonly Target[],
  problems: ScenarioProblem[],
): Map<Target['operation'], BoundScenario> {
  const meant = targetsOf(scenario, targets);
  if (meant.length === 0) {
    const { operation } = scenario;
    operation.node.fail(
      `there is no operation "${operation.text}"${suggestion(operation.text, targets.flatMap(operationNames))}`,
    );
  }
  const bound = bindWhereItFits(scenario, meant, problems);
  return new Map(bound.map(({ target, scenario: one }) => [target.operation, one]));
}

/** Why the call is not meant; empty if it is. */
function reasonsAgainst(
  { exchanged, headers, endpoint }: KeptCall,
  bound: ReadonlyMap<Target['operation'], BoundScenario>,
  scenario: Scenario | undefined,
  answeredBy: string | undefined,
): string[] {
  const { codec, input, by } = exchanged;
  const found = codec && bound.get(codec.operation);
  if (found === undefined || scenario === undefined)
    return [`it was ${codec?.operation.id ?? 'no operation'}`];
  if (scenario.port !== undefined && endpoint.port.name !== scenario.port.text)
    return [`it was at port ${endpoint.port.name}`];
  const reasons =
    answeredBy === undefined || (by.kind === 'scenario' && by.name === answeredBy)
      ? []
      : ['another answered it'];
  if (input === undefined) return [...reasons, 'it did not fit the contract'];
  const scope = scopeOf(
    found.scenario,
    { input, headers },
    { state: NO_STATE, now: () => new Date(), seed: 1, calls: 0 },
  );
  const failed = found.conditions.filter((condition) => !holdsFor(condition, scope));
  return [...reasons, ...failed.map((condition) => maskText(reasonAgainst(condition, scope)))];
}

/** What was asked of a request has nothing to do with what the mock remembers by now. */
const NO_STATE = new MockState({ stores: {}, machines: {}, counters: {} });

function nearest(
  judged: readonly { readonly kept: KeptCall; readonly reasons: readonly string[] }[],
): NearMiss[] {
  return judged
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((left, right) => distance(left.reasons) - distance(right.reasons))
    .slice(0, MOST_MISSES)
    .map(({ kept: { call }, reasons }) => ({
      number: call.number,
      ...(call.operation !== undefined && { operation: call.operation }),
      reasons,
    }));
}

/** Another operation is further away than any number of other values. */
function distance(reasons: readonly string[]): number {
  return reasons[0]?.startsWith('it ') ? 1_000 : reasons.length;
}

function boundsInWords(least: number, most: number): string {
  const calls = (count: number): string => `${count} call${count === 1 ? '' : 's'}`;
  if (least === most) return `exactly ${calls(least)}`;
  if (most === Infinity) return `at least ${calls(least)}`;
  return least === 0 ? `at most ${calls(most)}` : `from ${least} to ${calls(most)}`;
}
