import type { ResilienceObserver } from '../../connectors/index.ts';

/** Both hear everything. */
export function joinObservers(
  first: ResilienceObserver | undefined,
  second: ResilienceObserver | undefined,
): ResilienceObserver | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const both = [first, second];
  return {
    onCall(...args) {
      for (const observer of both) observer.onCall?.(...args);
    },
    onRepeat(...args) {
      for (const observer of both) observer.onRepeat?.(...args);
    },
    onBudgetSpent(...args) {
      for (const observer of both) observer.onBudgetSpent?.(...args);
    },
    onCircuit(...args) {
      for (const observer of both) observer.onCircuit?.(...args);
    },
    onRefused(...args) {
      for (const observer of both) observer.onRefused?.(...args);
    },
  };
}
