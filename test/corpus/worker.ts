import { checkRow, type CheckOptions } from './check-row.ts';
import type { ContractRow } from './inventory.ts';
import type { Outcome } from './outcome.ts';

export interface Job {
  readonly row: ContractRow;
  readonly options: CheckOptions;
}

export interface Done {
  readonly outcome: Outcome;
  /** Resident memory of the worker afterwards, in bytes. */
  readonly memory: number;
}

/** A process that checks one contract after another, as its parent hands them out. */
process.on('message', ({ row, options }: Job) => {
  void checkRow(row, options).then((outcome) => {
    const done: Done = { outcome, memory: process.memoryUsage.rss() };
    process.send!(done);
  });
});
