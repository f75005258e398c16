/** Which calls are meant, in the language of scenarios, and how many there must be. */
export interface Verification {
  /** `Service.Operation`, `Operation`; missing: every one. */
  readonly operation?: string;
  readonly port?: string;
  /** Conditions on the request: `path`, `value` and `header`, as in a scenario's `when`. */
  readonly when?: readonly Readonly<Record<string, unknown>>[];
  /** Only calls that this scenario has answered. */
  readonly scenario?: string;
  /** Without any of the three: at least one. */
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A call that almost is what was asked for. */
export interface NearMiss {
  /** Of the call in the journal. */
  readonly number: number;
  readonly operation?: string;
  readonly reasons: readonly string[];
}

export interface VerifyResult {
  readonly passed: boolean;
  /** Calls in the journal that fit. */
  readonly count: number;
  /** What was asked for, in words. */
  readonly expected: string;
  /** Where calls are missing: those that come closest, the closest first, at most five. */
  readonly nearMisses: readonly NearMiss[];
}

/** The calls that were expected did not come, or too many did. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  readonly result: VerifyResult;

  constructor(result: VerifyResult) {
    const misses = result.nearMisses.map(({ number, reasons }) => `  call ${number}: ${reasons.join('; ')}`);
    const near = misses.length === 0 ? '' : `; the nearest:\n${misses.join('\n')}`;
    super(`expected ${result.expected}, but there were ${result.count}${near}`);
    this.result = result;
  }
}
