/** RFC 9110, 12.4.2, and the `q=.2` that Java's own client sends. */
const WEIGHT = /^q=(0?\.\d{1,9}|0\.?|1(?:\.0{0,9})?)$/;
/** A field has 16 KiB; nobody means more choices than this. */
const MOST_CHOICES = 32;

/**
 * The choices of an Accept field by name in lower case, with their weights from 0 (never) to 1. Parameters besides `q` are
 * left out. A weight that is none makes its choice one that is not taken: what the client meant is not known.
 */
export function parseQualityValues(field: string): ReadonlyMap<string, number> {
  const choices = field.toLowerCase().split(',', MOST_CHOICES);
  return new Map(choices.map(parseChoice).filter(([name]) => name !== ''));
}

function parseChoice(text: string): [name: string, weight: number] {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [name, weight === undefined ? 1 : Number(WEIGHT.exec(weight)?.[1] ?? 0)];
}
