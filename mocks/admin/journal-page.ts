import type { MockCall } from '../journal/mock-call.ts';
import { AdminProblem } from './problem.ts';

const MOST = 1_000;
const DEFAULT = 100;
const FILTERS = ['service', 'port', 'operation', 'outcome', 'scenario'] as const;
const KNOWN: readonly string[] = [...FILTERS, 'after', 'limit'];

export interface JournalPage {
  readonly calls: readonly MockCall[];
  /** `after` for the calls behind these; missing on the last page. */
  readonly next?: number;
}

/** Calls with numbers above `after`, oldest first, at most `limit`, only those that all filters fit. @throws AdminProblem */
export function pageOfJournal(calls: readonly MockCall[], query: URLSearchParams): JournalPage {
  for (const name of query.keys())
    if (!KNOWN.includes(name))
      throw new AdminProblem(400, `unknown parameter "${name}"; known here: ${KNOWN.join(', ')}`);
  const after = countOf(query, 'after', 0, Number.MAX_SAFE_INTEGER);
  const limit = countOf(query, 'limit', DEFAULT, MOST);
  const found = calls.filter(
    (call) => call.number > after && FILTERS.every((name) => fits(call, name, query.get(name))),
  );
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { calls: page, ...(last && found.length > page.length && { next: last.number }) };
}

function fits(call: MockCall, name: (typeof FILTERS)[number], asked: string | null): boolean {
  if (asked === null) return true;
  if (name === 'scenario') return call.answeredBy.kind === 'scenario' && call.answeredBy.name === asked;
  return call[name] === asked;
}

function countOf(query: URLSearchParams, name: string, otherwise: number, most: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const count = Number(text);
  if (!/^\d{1,16}$/.test(text) || count > most)
    throw new AdminProblem(400, `"${name}" must be a whole number from 0 to ${most}`);
  return count;
}
