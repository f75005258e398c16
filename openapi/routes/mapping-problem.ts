/** One thing wrong with a mapping. */
export interface MappingProblem {
  /** Index of the row in the mapping, from 0. */
  readonly row: number;
  /** Where in the row, e.g. `['input', 'page.limit']`. */
  readonly field: readonly string[];
  /** What is wrong and what to do. */
  readonly message: string;
}

/** Takes down what is wrong with one row. */
export type Report = (field: readonly string[], message: string) => void;
