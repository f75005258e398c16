export interface Zone {
  readonly given: boolean;
  /** East of UTC. */
  readonly minutes: number;
}

/** A zone as written, `Z` or `+hh:mm`; undefined if it is beyond 14 hours (XSD 1.0 Part 2, 3.2.7.3). */
export function parseZone(text: string | undefined): Zone | undefined {
  if (text === undefined) return { given: false, minutes: 0 };
  if (text === 'Z') return { given: true, minutes: 0 };
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4));
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  return { given: true, minutes: (hours * 60 + minutes) * (text.startsWith('-') ? -1 : 1) };
}
