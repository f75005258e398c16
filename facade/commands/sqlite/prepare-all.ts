import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The statements of a table of SQL, by their names. */
export function prepareAll<Name extends string>(
  database: DatabaseSync,
  table: Readonly<Record<Name, string>>,
): Readonly<Record<Name, StatementSync>> {
  const entries = Object.entries<string>(table).map(([name, sql]) => [name, database.prepare(sql)] as const);
  return Object.fromEntries(entries) as Record<Name, StatementSync>;
}
