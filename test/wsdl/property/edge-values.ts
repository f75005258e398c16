import type { JsonValue } from '../../../wsdl/index.ts';
import type { Choices } from './choices.ts';

/** Values at the edges of what XML, JSON and the built-in types can carry. */
const EDGES: readonly JsonValue[] = [
  ...[
    '',
    ' ',
    ' a ',
    'a  b',
    '\t',
    'a\nb',
    'a\r\nb',
    ']]>',
    '<&>"\'',
    '\u{1F600}',
    '\u0085\u2028',
    'é',
    'x'.repeat(300),
  ],
  ...[
    '0',
    '-0',
    '+5',
    '000123',
    '33.00',
    '.5',
    '5.',
    '12345678901234567.89',
    '+9007199254740993',
    '-1',
    '1E5',
    '1e5',
  ],
  ...[
    'INF',
    '-INF',
    'NaN',
    'true',
    '{urn:q}x',
    'local',
    'xml:lang',
    'en-GB',
    'a b',
    'urn:a',
    'A',
    'AQID',
    'AQ==',
    '/wA=',
  ],
  ...[
    '2026-11-21',
    '2024-02-29Z',
    '-0001-12-31',
    '10000-01-01',
    '2026-11-21+14:00',
    '24:00:00',
    '09:30:00.5-05:00',
  ],
  ...[
    '2026-11-21T24:00:00',
    '2026-11-21T09:30:00.000Z',
    'P1Y',
    '-P0D',
    'PT0.1S',
    '--02-29',
    '---31',
    '--12',
    '2026-11',
    '2026',
  ],
  ...[
    0, -0, 1, -1, 3, 127, -128, 255, 32767, 65535, 2147483647, -2147483648, 4294967295, 1e21, 0.1, 5e-324,
    1.5,
  ],
  ...[true, false, null, [], {}],
];

const ROUNDS = 24;

/**
 * Varies a value in several places, keeping only what `accepts` takes: leaves become edge values, members go, items are
 * doubled, swapped or dropped.
 */
export function varied(
  choices: Choices,
  value: JsonValue,
  accepts: (value: JsonValue) => boolean,
): JsonValue {
  let current = value;
  for (let round = 0; round < ROUNDS; round++) {
    const changed = structuredClone(current);
    const holder: { value: JsonValue } = { value: changed };
    changeSomewhere(choices, holder, 'value');
    if (accepts(holder.value)) current = holder.value;
  }
  return current;
}

/** Walks down some way, then changes what is there. */
function changeSomewhere(choices: Choices, holder: object, key: string): void {
  const container = holder as Record<string, JsonValue>;
  const value = container[key];
  if (typeof value !== 'object' || value === null) {
    const isRaw = typeof value === 'string' && (key === '@mixed' || value.includes('<'));
    container[key] = isRaw ? rawXml(choices, value) : choices.pick(EDGES);
    return;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return;
  if (!choices.chance(20)) changeSomewhere(choices, value, choices.pick(keys));
  else if (Array.isArray(value)) changeItems(choices, value);
  else Reflect.deleteProperty(value, choices.pick(keys));
}

const RAW_EDGES: readonly string[] = [
  '',
  'text',
  '<s xmlns="urn:strange"/>',
  '<s/>',
  '<s xmlns="urn:ext" a="1">text<t/></s>',
  '<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:int">5</x>',
];

const RAW_TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  'a',
  '33.00',
  'true',
  '2026-11-21',
  ']]&gt;',
  'x'.repeat(40),
];

/** Raw XML with something else, or more, or less in it. */
function rawXml(choices: Choices, xml: string): string {
  const text = choices.pick(RAW_TEXTS);
  switch (choices.below(6)) {
    case 0:
      return choices.pick(RAW_EDGES);
    case 1:
      return xml.replace(/>[^<]*</, () => `>${text}<`);
    case 2:
      return xml.replace(/(?<= (?!xmlns)[^ =]+=")[^"]*/, () => text);
    case 3:
      return xml.replace(/<[^/][^>]*\/>/, '');
    case 4:
      return xml + choices.pick(RAW_EDGES);
    default:
      return xml.replace(/(?=<\/[^<]*$)/, () => choices.pick(RAW_EDGES));
  }
}

function changeItems(choices: Choices, items: JsonValue[]): void {
  const change = choices.below(3);
  if (change === 0) items.push(structuredClone(choices.pick(items)));
  else if (change === 1) items.reverse();
  else items.splice(choices.below(items.length), 1);
}
