/** `xsd:string[][2,3]` in parts (SOAP 1.1, 5.4.2): in a contract without sizes, in a message with those of the outermost array. */
export interface ArrayTypeText {
  /** QName as written. */
  readonly itemType: string;
  /** Dimensions of each array, innermost first. */
  readonly ranks: readonly number[];
  /** Of the outermost array; empty where none are given. */
  readonly sizes: readonly number[];
}

const MOST_RANKS = 16;

export function parseArrayType(written: string): ArrayTypeText {
  const text = written.trim();
  const open = text.indexOf('[');
  if (open < 0) return { itemType: text, ranks: [], sizes: [] };
  const groups = text.slice(open).split(']').slice(0, -1).slice(0, MOST_RANKS);
  const dimensions = groups.map((group) => group.trim().slice(1).split(','));
  return {
    itemType: text.slice(0, open).trim(),
    ranks: dimensions.map(({ length }) => Math.min(length, MOST_RANKS)),
    sizes: parseNumbers(dimensions.at(-1) ?? []),
  };
}

/** `[2,3]`, as SOAP-ENC:offset and SOAP-ENC:position have it. Undefined if it is not that. */
export function parseIndex(written: string): readonly number[] | undefined {
  const match = /^\s*\[([^[\]]*)\]\s*$/.exec(written);
  const numbers = parseNumbers(match?.[1]?.split(',') ?? []);
  return numbers.length > 0 ? numbers : undefined;
}

/** All of them, or none if one is no number. */
export function parseNumbers(written: readonly string[]): readonly number[] {
  const texts = written.map((text) => text.trim());
  return texts.every((text) => /^[0-9]{1,15}$/.test(text)) ? texts.map(Number) : [];
}
