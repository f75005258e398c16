import type { KeptAnswer } from '../commands/command-store.ts';
import type { ProblemError } from '../http/problem.ts';
import { type ProblemCode } from '../http/problem.ts';

/** What is to become of a message, before anybody is told. */
export type Verdict =
  /** The command has ended, and this is its answer. */
  | {
      readonly kind: 'answer';
      readonly answer: KeptAnswer;
      readonly code?: string;
      readonly isReplay: boolean;
    }
  /** Nothing was done, or what was done is being found out: once more, later. */
  | { readonly kind: 'later'; readonly error: unknown }
  /** To be repeated by nobody: a person has to look at it. */
  | { readonly kind: 'give-up'; readonly error: unknown };

/** Problems that pass by themselves, and of which none has done anything. */
const PASSING: ReadonlySet<string> = new Set<ProblemCode>([
  'rate-limited',
  'request-in-progress',
  'keys-unavailable',
  'commands-unavailable',
  'overloaded',
  'stopping',
  'upstream-unreachable',
  'upstream-busy',
  'upstream-failing',
]);

/** The same of reads, whatever of them was done. */
const PASSING_FOR_READS: ReadonlySet<string> = new Set<ProblemCode>([
  'upstream-timeout',
  'upstream-cut-off',
  'soap-server-fault',
]);

/** @param isSafe of the operation, if it is known. */
export function doesPass({ problem: { code, outcome } }: ProblemError, isSafe: boolean): boolean {
  if (outcome === 'unknown') return false;
  return PASSING.has(code) || (isSafe && PASSING_FOR_READS.has(code));
}
