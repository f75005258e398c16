import type { Random } from '../random.ts';
import type { Cast } from './cast.ts';

/** What the values of one message share. */
export interface Stage {
  readonly random: Random;
  readonly cast: Cast;
  /** Where its days begin, 0 to 27 after the first of March 2026. */
  readonly firstDay: number;
  /** Dates handed out so far. */
  dates: number;
}
