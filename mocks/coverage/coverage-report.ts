import type { PointKind } from './points.ts';

/** Of what a contract offers, what was seen since the mock started or was reset. Members are added, never renamed or removed. */
export interface CoverageReport {
  readonly summary: CoverageSummary;
  readonly operations: readonly OperationCoverage[];
  readonly messages: readonly PointCoverage[];
}

export interface CoverageSummary {
  /** Of all points: operations, declared faults, and what messages show. */
  readonly total: Share;
  readonly operations: Share;
  readonly faults: Share;
  readonly requests: Share;
  readonly answers: Share;
}

export interface Share {
  readonly seen: number;
  readonly all: number;
  /** 0 to 100, with one digit; 100 of nothing. Never 100 as long as one is missing. */
  readonly percent: number;
}

export interface OperationCoverage {
  readonly service: string;
  readonly port: string;
  readonly operation: string;
  /** Requests that fitted the contract. */
  readonly requests: number;
  /** Answers that were no fault. */
  readonly answers: number;
  /** Declared faults, with the number of answers that were one. */
  readonly faults: readonly { readonly name: string; readonly count: number }[];
}

/** Something that messages of a contract may show. Types are shared by all operations, and so are their points. */
export interface PointCoverage {
  readonly contract: string;
  readonly direction: 'request' | 'answer';
  readonly kind: PointKind;
  /** Name of a type, or of a message. */
  readonly where: string;
  readonly name: string;
  readonly count: number;
}

export function summarise(
  operations: readonly OperationCoverage[],
  messages: readonly PointCoverage[],
): CoverageSummary {
  const called = operations.map(({ requests }) => requests);
  const faults = operations.flatMap((operation) => operation.faults.map(({ count }) => count));
  const of = (direction: PointCoverage['direction']): number[] =>
    messages.filter((point) => point.direction === direction).map(({ count }) => count);
  return {
    total: shareOf([...called, ...faults, ...messages.map(({ count }) => count)]),
    operations: shareOf(called),
    faults: shareOf(faults),
    requests: shareOf(of('request')),
    answers: shareOf(of('answer')),
  };
}

function shareOf(counts: readonly number[]): Share {
  const all = counts.length;
  const seen = counts.filter((count) => count > 0).length;
  return { seen, all, percent: all === 0 ? 100 : Math.floor((seen / all) * 1000) / 10 };
}
