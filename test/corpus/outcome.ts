/** What came of one contract. Plain data: it goes from a worker to the run. */
export interface Outcome {
  readonly contract: string;
  readonly passed: boolean;
  /** Whether it compiles by the letter of the specifications, and with what is forgiven. */
  readonly compiledStrictly: boolean;
  readonly compiled: boolean;
  readonly operations: number;
  readonly operationsPassed: number;
  readonly messages: number;
  readonly validated: number;
  readonly refusal?: string;
  readonly causes: readonly Cause[];
  readonly seconds: number;
}

/** Why a contract, or one of its operations, failed. */
export interface Cause {
  /** `compile`, `limit`, or the check of the doctor that failed. */
  readonly kind: string;
  readonly operation?: string;
  readonly text: string;
}

export function lostOutcome(contract: string, seconds: number, text: string): Outcome {
  const none = { operations: 0, operationsPassed: 0, messages: 0, validated: 0 };
  const cause = { kind: 'limit', text };
  return {
    contract,
    passed: false,
    compiledStrictly: false,
    compiled: false,
    ...none,
    causes: [cause],
    seconds,
  };
}
