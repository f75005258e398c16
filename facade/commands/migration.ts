/** One step of a schema, applied in a transaction and never changed afterwards. Numbers count from 1. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** The steps still to take. @returns a sentence if the schema is of a version that this program does not know. */
export function missingSteps(steps: readonly Migration[], applied: number): readonly Migration[] | string {
  const newest = steps.at(-1)?.number ?? 0;
  if (applied > newest)
    return `the commands store has schema ${applied}, and this version of Portico knows ${newest}: run a newer version`;
  return steps.filter(({ number }) => number > applied);
}
