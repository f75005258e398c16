/**
 * A regular expression for every lexical form of the numbers given (XSD 1.0 Part 2, 3.2.3.1): an enumeration is about
 * values, so `1.0` allows `1` and `+01.00` too.
 */
export function spellingsOf(numbers: readonly string[], isWhole: boolean): string {
  return `^(${numbers.map((number) => spellingOf(number, isWhole)).join('|')})$`;
}

function spellingOf(number: string, isWhole: boolean): string {
  const [, minus = '', whole = '', fraction = ''] = /^(?:\+|(-))?0*(\d*?)(?:\.(\d*?)0*)?$/.exec(number) ?? [];
  const isZero = whole === '' && fraction === '';
  const sign = isZero ? '[+-]?' : minus === '' ? '\\+?' : '-';
  if (isZero && !isWhole) return `${sign}(0+(\\.0*)?|\\.0+)`;
  if (fraction !== '') return `${sign}0*${whole}\\.${fraction}0*`;
  return `${sign}0*${whole || '0'}${isWhole ? '' : '(\\.0*)?'}`;
}
