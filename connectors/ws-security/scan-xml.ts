const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/** Markup that is no tag, and what ends it. */
const OTHER_MARKUP: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** Offset after the tag that starts at `at`, in XML known to be well formed: quotes may hold `>`. */
export function tagEnd(xml: Buffer, at: number): number {
  for (let next = at; next < xml.length; next += 1) {
    const byte = xml[next];
    if (byte === GREATER) return next + 1;
    if (byte === QUOTE || byte === APOSTROPHE) next = found(xml.indexOf(byte, next + 1));
  }
  return found(-1);
}

/** Offset after the element whose start tag is at `at`, in XML known to be well formed. */
export function elementEnd(xml: Buffer, at: number): number {
  let depth = 0;
  for (let next = at; ; next = found(xml.indexOf(LESS, next))) {
    const end = otherMarkupEnd(xml, next) ?? tagEnd(xml, next);
    if (xml[next + 1] === SLASH) depth -= 1;
    else if (isStartTag(xml, next) && xml[end - 2] !== SLASH) depth += 1;
    if (depth === 0) return end;
    next = end;
  }
}

/** A name follows: neither `/` nor `!` nor `?`. */
function isStartTag(xml: Buffer, at: number): boolean {
  return !'/!?'.includes(String.fromCharCode(xml[at + 1] ?? 0));
}

function otherMarkupEnd(xml: Buffer, at: number): number | undefined {
  const kind = OTHER_MARKUP.find(([start]) => xml.subarray(at, at + start.length).equals(Buffer.from(start)));
  return kind && found(xml.indexOf(kind[1], at)) + kind[1].length;
}

function found(offset: number): number {
  if (offset < 0) throw new Error('the XML is not well formed');
  return offset;
}

/** Namespace declarations of a start tag, as written: `xmlns:a` to `"urn:a"`, quotes included. */
export type Declarations = ReadonlyMap<string, string>;

export function declarationsOf(startTag: string): Declarations {
  const declarations = startTag.matchAll(/\s(xmlns(?::[^\s=]+)?)\s*=\s*("[^"]*"|'[^']*')/g);
  return new Map(Array.from(declarations, ([, name = '', value = '']) => [name, value]));
}

/** The element as a document of its own: it declares what it inherits and does not declare itself. */
export function standalone(element: Buffer, inherited: Declarations): Buffer {
  const tag = element.subarray(0, tagEnd(element, 0)).toString();
  const own = declarationsOf(tag);
  const name = /^<[^\s/>]+/.exec(tag)?.[0] ?? '';
  const missing = [...inherited].filter(([key]) => !own.has(key)).map(([key, value]) => ` ${key}=${value}`);
  const nameBytes = Buffer.byteLength(name);
  return Buffer.concat([Buffer.from(name + missing.join('')), element.subarray(nameBytes)]);
}
