/** A source of choices that gives the same ones for the same seed on any machine: integer arithmetic only. */
export interface Random {
  /** From `min` to `max`, both included. */
  integer(min: number, max: number): number;
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
}

/** Mulberry32: 32 bits of state, good enough for examples, never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const integer = (min: number, max: number): number => min + (next() % (max - min + 1));
  return {
    integer,
    pick: <T>(choices: readonly T[]): T => {
      if (choices.length === 0) throw new RangeError('pick: nothing to pick from');
      return choices[integer(0, choices.length - 1)]!;
    },
    chance: (percent) => integer(1, 100) <= percent,
  };
}
