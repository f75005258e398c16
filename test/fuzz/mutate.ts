import type { JsonValue } from '../../wsdl/index.ts';
import type { Numbers } from './numbers.ts';

/** Pieces that have made XML parsers stumble. */
const SNIPPETS: readonly string[] = [
  ...[
    '<',
    '>',
    '/>',
    '</',
    '<a>',
    '</a>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?x y?>',
    '&',
    '&amp;',
    '&#0;',
    '&#xD800;',
    '&#x10FFFF;',
    '&x;',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    ' xmlns=""',
    ' xmlns:a=""',
    ' xmlns:soap="urn:x"',
    ' xsi:nil="true"',
    ' xsi:type="xs:int"',
    ' a="b"',
    ' a="b"',
  ],
  ...[
    '\u0000',
    '\uFEFF',
    '\u{1F600}',
    '\uFFFF',
    '\r',
    '\t',
    '"',
    "'",
    '9'.repeat(400),
    '-',
    'INF',
    'NaN',
    '<a '.repeat(50),
    'x'.repeat(5_000),
  ],
];

const HARMLESS = ['a', '0', ' ', '1', 'B'] as const;

/** A message with a few bytes changed, dropped, doubled or put in. */
export function mutateBytes(numbers: Numbers, message: Uint8Array): Uint8Array {
  let bytes: Buffer = Buffer.from(message);
  for (let left = 1 + numbers.below(3); left > 0; left--) bytes = mutateOnce(numbers, bytes);
  return bytes;
}

function mutateOnce(numbers: Numbers, bytes: Buffer): Buffer {
  const at = numbers.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + numbers.below(60));
  const [before, middle, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (numbers.below(9)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, middle, middle, after]);
    case 2:
      return before;
    case 3:
      return Buffer.concat([before, Buffer.from([numbers.below(256)]), bytes.subarray(at + 1)]);
    case 4:
      return Buffer.concat([before, Buffer.from(Array.from({ length: 8 }, () => numbers.below(256))), after]);
    case 5:
    case 6:
    case 7:
      return Buffer.concat([before, Buffer.from(numbers.pick(HARMLESS)), bytes.subarray(at + 1)]);
    default:
      return Buffer.concat([before, Buffer.from(numbers.pick(SNIPPETS)), bytes.subarray(at)]);
  }
}

const LEAVES: readonly JsonValue[] = [
  ...[
    null,
    true,
    0,
    -1,
    1e308,
    5e-324,
    '',
    ' ',
    '0',
    '-1',
    'x',
    '\u0000',
    '\uD800',
    '<',
    ']]>',
    '9'.repeat(400),
    '{urn:x}y',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    { '@type': 'x' },
    { '@nil': true },
    { '@mixed': '<a' },
    { __proto__: 1 },
    { constructor: 'x' },
    '<a xmlns="b">&c;</a>',
  ],
];

/** A value with something in it changed for anything at all. */
export function mutateJson(numbers: Numbers, value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object' || numbers.below(6) === 0) return numbers.pick(LEAVES);
  if (Array.isArray(value)) {
    const items = value.slice();
    const at = numbers.below(items.length + 1);
    items[at] = mutateJson(numbers, items[at] ?? null);
    return items;
  }
  const names = [...Object.keys(value), 'unknown', '__proto__', '@any', '@type'];
  const name = numbers.pick(names);
  return { ...value, [name]: mutateJson(numbers, Object.hasOwn(value, name) ? value[name]! : null) };
}
