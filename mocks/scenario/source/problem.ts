/** One thing wrong with a scenario file; line and column count from 1. */
export interface ScenarioProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** `scenarios.yaml:12:5 error: ...` */
function formatProblem({ file, line, column, message }: ScenarioProblem): string {
  return `${file}:${line}:${column} error: ${message}`;
}

/** Scenarios that cannot be played, with everything that is wrong with them. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code = 'SCENARIO_INVALID';
  readonly problems: readonly ScenarioProblem[];

  constructor(problems: readonly ScenarioProblem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}
