/** The words of a name, lower case, with blanks: `IBANNumber` -> `iban number`, `creditor_account` -> `creditor account`. */
export function wordsOf(name: string): string {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const words = name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
  if (remembered.size < MOST_REMEMBERED) remembered.set(name, words);
  return words;
}

/** Names come back with each sample of a contract; there are not many. */
const remembered = new Map<string, string>();
const MOST_REMEMBERED = 20_000;
