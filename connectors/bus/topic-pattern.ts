/** Whether a routing key fits a topic pattern: `*` is one word, `#` none or more (AMQP 0-9-1, 3.1.3.3). */
export function matchesTopic(pattern: string, routingKey: string): boolean {
  const words = routingKey.split('.');
  // fits[n]: whether the pattern words so far fit the first n words.
  let fits = [true, ...words.map(() => false)];
  for (const part of pattern.split('.')) fits = part === '#' ? afterAny(fits) : afterOne(fits, part, words);
  return fits.at(-1)!;
}

function afterAny(fits: readonly boolean[]): boolean[] {
  const first = fits.indexOf(true);
  return fits.map((_, count) => first !== -1 && count >= first);
}

function afterOne(fits: readonly boolean[], part: string, words: readonly string[]): boolean[] {
  return fits.map((_, count) => count > 0 && fits[count - 1]! && (part === '*' || part === words[count - 1]));
}
