import type { JsonValue } from '../../../wsdl/index.ts';
import { isTrue, type Scope } from '../expression/evaluate.ts';
import type { Change } from '../scenario.ts';
import type { MockState } from '../state/mock-state.ts';
import { PlayError, render, renderText, valueOf } from '../template/render.ts';

/** @throws PlayError for a record that is there and must not be, or the reverse. */
export function applyChange(change: Change, state: MockState, scope: Scope): void {
  if (change.onlyIf && !isTrue(valueOf(change.onlyIf, scope))) return;
  if (change.kind === 'go') return state.go(change.machine.text, change.to.text);
  const store = change.store.text;
  const key = renderText(change.key, scope, (text) => text);
  const before = state.record(store, key);
  const refuse = (message: string): never => {
    throw new PlayError(change, `store "${store}" ${message}`);
  };
  if (change.kind === 'create' && before !== undefined) refuse(`has a record with this key already`);
  if ((change.kind === 'update' || change.kind === 'delete') && before === undefined)
    refuse('has no record with this key');
  if (change.kind === 'delete') {
    state.delete(store, key);
    return;
  }
  const record = render(change.record, scope) ?? null;
  state.put(store, key, change.kind === 'update' ? merged(before, record) : record);
}

function merged(before: JsonValue | undefined, set: JsonValue): JsonValue {
  const areObjects = isObject(before) && isObject(set);
  return areObjects ? { ...before, ...set } : set;
}

function isObject(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
