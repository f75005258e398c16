const LONGEST_COMPARED = 80;
const MOST_COMPARED = 5_000;

/** ` Did you mean "x"?` for the candidate nearest to `written`, or '' if none is near. */
export function didYouMean(written: string, candidates: Iterable<string>): string {
  const closest = closestName(written, candidates);
  return closest === undefined ? '' : ` Did you mean "${closest}"?`;
}

/** The candidate that differs from `written` by the fewest edits, if those are few enough to be a slip. */
export function closestName(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > LONGEST_COMPARED) return undefined;
  let best: string | undefined;
  let bestDistance = Math.floor(written.length * 0.4) + 1;
  let compared = 0;
  for (const candidate of candidates) {
    if (++compared > MOST_COMPARED) break;
    if (candidate === written || Math.abs(candidate.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** Edits that make one of the other, swapped neighbours counting once (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const isSame = left[i - 1] === right[j - 1];
      const isSwapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const edited = Math.min(row[j - 1]! + (isSame ? 0 : 1), row[j]! + 1, next[j - 1]! + 1);
      next.push(isSwapped ? Math.min(edited, before[j - 2]! + 1) : edited);
    }
    before = row;
    row = next;
  }
  return row[right.length]!;
}
