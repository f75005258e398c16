/** A start tag, or an end tag (`isEnd`), as it stands in the text; `isEmpty` is `<a/>`. */
export interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly isEmpty: boolean;
  /** Offset of its `<`, and of what follows its `>`. */
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly TagAttribute[];
}

/** `value` is decoded; `start` and `end` are the offsets of the raw value between the quotes. */
export interface TagAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

const NAME = /[^\s/>"'=<]+/y;
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The tags of a document in order; comments, CDATA sections and processing instructions are passed over, a DOCTYPE only where it is
 * allowed. It only finds tags: whether the document is well formed is for the decoder to judge. Ends at whatever is not closed.
 */
export function* scanTags(xml: string, allowsDoctype = false): Generator<Tag> {
  let at = xml.indexOf('<');
  while (at >= 0) {
    const isDoctype = xml.startsWith('<!DOCTYPE', at);
    if (isDoctype && !allowsDoctype) return;
    const skipped = SKIPPED.find(([start]) => xml.startsWith(start, at));
    const end = isDoctype
      ? endOfDoctype(xml, at)
      : skipped
        ? endAfter(xml, skipped[1], at)
        : endOfTag(xml, at);
    if (end < 0) return;
    if (skipped === undefined && !isDoctype) {
      const tag = readTag(xml, at, end);
      if (tag !== undefined) yield tag;
    }
    at = xml.indexOf('<', end);
  }
}

/** XML 1.0, 2.8: an internal subset stands in brackets. */
function endOfDoctype(xml: string, from: number): number {
  const match = /<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/y;
  match.lastIndex = from;
  return match.exec(xml) === null ? -1 : match.lastIndex;
}

function endAfter(xml: string, text: string, from: number): number {
  const at = xml.indexOf(text, from);
  return at < 0 ? -1 : at + text.length;
}

/** Just after the `>` that ends the tag; one inside quotes does not. */
function endOfTag(xml: string, from: number): number {
  for (let at = from + 1; at < xml.length; at += 1) {
    const character = xml[at];
    if (character === '>') return at + 1;
    if (character !== '"' && character !== "'") continue;
    at = xml.indexOf(character, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

function readTag(xml: string, start: number, end: number): Tag | undefined {
  const isEnd = xml[start + 1] === '/';
  NAME.lastIndex = start + (isEnd ? 2 : 1);
  const name = NAME.exec(xml)?.[0];
  if (name === undefined) return undefined;
  const offset = start + (isEnd ? 2 : 1) + name.length;
  const attributes = scanAttributes(xml.slice(offset, end - 1), offset);
  return { name, isEnd, isEmpty: xml[end - 2] === '/', start, end, attributes };
}

function scanAttributes(text: string, offset: number): TagAttribute[] {
  return Array.from(text.matchAll(ATTRIBUTE), (match) => {
    const raw = match[2] ?? match[3] ?? '';
    const end = offset + match.index + match[0].length - 1;
    return { name: match[1]!, value: unescapeXml(raw), start: end - raw.length, end };
  });
}

export function attributeOf(tag: Tag, name: string): string | undefined {
  return tag.attributes.find((attribute) => attribute.name === name)?.value;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
