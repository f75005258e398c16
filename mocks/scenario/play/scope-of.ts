import { createRandom, type JsonValue } from '../../../wsdl/index.ts';
import type { SoapCall } from '../../call.ts';
import type { Scope } from '../expression/evaluate.ts';
import { PlayError, valueOf } from '../template/render.ts';
import type { Scenario } from '../scenario.ts';
import type { MockState } from '../state/mock-state.ts';

export interface ScopeParts {
  readonly state: MockState;
  readonly now: () => Date;
  readonly seed: number;
  /** The how-manieth call of the operation this is. */
  readonly calls: number;
}

/** What the expressions of a scenario see of a call. */
export function scopeOf(
  scenario: Scenario,
  call: Pick<SoapCall, 'input' | 'headers'>,
  parts: ScopeParts,
): Scope {
  const { state, now, seed, calls } = parts;
  const context = {
    now,
    calls,
    headers: call.headers,
    random: createRandom(hash(`${seed} ${scenario.name} ${calls}`)),
    record: (store: string, key: string) => state.record(store, key),
    records: (store: string) => state.records(store),
    state: (machine: string) => state.machine(machine),
    next: (counter: string) => state.next(counter),
  };
  const names = new Map<string, JsonValue | undefined>([['input', call.input]]);
  const scope = { names, context };
  for (const { name, value } of scenario.lets)
    names.set(
      name,
      valueOrNothing(() => valueOf(value, scope)),
    );
  return scope;
}

/** A value that cannot be worked out for this call is not there: conditions decide what follows. */
function valueOrNothing(run: () => JsonValue | undefined): JsonValue | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof PlayError) return undefined;
    throw error;
  }
}

/** FNV-1a: a seed of its own for each scenario and call, whatever else is called at the same time. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
