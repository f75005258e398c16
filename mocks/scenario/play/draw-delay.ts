import type { Random } from '../../../wsdl/index.ts';
import type { Delay } from '../scenario.ts';

/** Longer nobody waits: a distribution has a tail. */
const LONGEST = 600_000;
const STEPS = 1_000_000;

/** Milliseconds of one call. */
export function drawDelay(delay: Delay, random: Random): number {
  return Math.round(Math.min(LONGEST, Math.max(0, draw(delay, random))));
}

function draw(delay: Delay, random: Random): number {
  switch (delay.kind) {
    case 'fixed':
      return delay.milliseconds;
    case 'uniform':
      return delay.from + (delay.to - delay.from) * share(random);
    case 'normal':
      return delay.mean + delay.deviation * standardNormal(random);
    case 'logNormal':
      return delay.median * Math.exp(delay.sigma * standardNormal(random));
    case 'percentiles':
      return atPercent(delay.points, share(random) * 100);
  }
}

/** From above 0 to 1. */
function share(random: Random): number {
  return random.integer(1, STEPS) / STEPS;
}

/** Box and Muller's method. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(share(random))) * Math.cos(2 * Math.PI * share(random));
}

/** In proportion between the points; from 0 to the first, and no longer than the last. */
function atPercent(points: readonly (readonly [number, number])[], percent: number): number {
  let [lowPercent, low] = [0, 0];
  for (const [highPercent, high] of points) {
    if (percent <= highPercent)
      return low + ((high - low) * (percent - lowPercent)) / (highPercent - lowPercent);
    [lowPercent, low] = [highPercent, high];
  }
  return low;
}
