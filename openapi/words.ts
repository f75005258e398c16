const IS_ASCII = /^\p{ASCII}*$/u;

/** `GetAccountByIBAN` -> `get account by iban`: words in lower case, ASCII letters and digits only. */
export function toWords(name: string): string[] {
  return (IS_ASCII.test(name) ? name : name.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** `GetAccount` -> `get-account`. */
export function toKebabCase(name: string): string {
  return toWords(name).join('-');
}

/** `get-account` -> `GetAccount`. */
export function toPascalCase(name: string): string {
  return toWords(name).map(capitalise).join('');
}

/** `GetAccount` -> `getAccount`. */
export function toCamelCase(name: string): string {
  const [first = '', ...rest] = toWords(name);
  return first + rest.map(capitalise).join('');
}

/** `GetAccount` -> `Get account`. */
export function toSentence(name: string): string {
  return capitalise(toWords(name).join(' '));
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `wanted`, or with the first number from 2 on that makes it new; it is then taken. */
export function takeName(wanted: string, taken: Set<string>, separator = ''): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${separator}${number}`;
  taken.add(name);
  return name;
}
