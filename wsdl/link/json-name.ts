export type NameStyle = 'camelCase' | 'asIs';

/** `AccountId` -> `accountId`, `IBAN` -> `iban`, `URLPath` -> `urlPath`, `branch_code` -> `branchCode`. */
export function jsonName(local: string, style: NameStyle): string {
  return style === 'asIs' ? local : camelCase(local);
}

/** `account-details` -> `AccountDetails`; what no identifier may contain is left out, `Type` if nothing remains. */
export function identifier(local: string): string {
  const words = local
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9_]+/)
    .filter((word) => word !== '');
  const [first = 'Type', ...rest] = words;
  const joined = first + rest.map(capitalise).join('');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

export function pascalCase(local: string): string {
  return capitalise(identifier(camelCase(local)));
}

function camelCase(local: string): string {
  const words = local.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const [first, ...rest] = words;
  if (first === undefined) return local;
  return (
    lowerStart(first) + rest.map((word) => capitalise(isShouted(word) ? word.toLowerCase() : word)).join('')
  );
}

/** Lowers a leading run of capitals, but not the one that starts the next word: `IBANCode` -> `ibanCode`, but `IDs` -> `ids`. */
function lowerStart(word: string): string {
  const run = /^\p{Lu}+/u.exec(word)?.[0] ?? '';
  const rest = word.slice(run.length);
  const startsWord = run.length > 1 && /^\p{Ll}/u.test(rest) && rest !== 's';
  const lowered = startsWord ? run.length - 1 : run.length;
  return run.slice(0, lowered).toLowerCase() + word.slice(lowered);
}

function isShouted(word: string): boolean {
  return !/\p{Ll}/u.test(word);
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
