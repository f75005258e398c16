/** What a byte means for the scanner that meets it; several bits may be set. */
export const CHARACTER = {
  /** Not white space. */
  content: 1,
  carriageReturn: 2,
  ampersand: 4,
  /** `]`, which may begin a forbidden `]]>`. */
  bracket: 8,
  /** Part of a UTF-8 sequence of several bytes. */
  nonAscii: 16,
  /** A control character outside the Char production (XML 1.0, 2.2). */
  illegal: 32,
  /** White space other than a space: normalised in attribute values (XML 1.0, 3.3.3). */
  breaking: 64,
  /** Ends the run; the scanner must look which byte it is. NUL is one: it stands behind the last byte received. */
  stop: 128,
} as const;

const { content, carriageReturn, ampersand, bracket, nonAscii, illegal, breaking, stop } = CHARACTER;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

function classify(special: Readonly<Record<string, number>>): Uint8Array {
  const classes = new Uint8Array(256).fill(content, SPACE, 128);
  classes.fill(content | illegal, 0, SPACE);
  classes.fill(content | nonAscii, 128);
  classes[0] = stop;
  classes[SPACE] = 0;
  classes[TAB] = breaking;
  classes[LINE_FEED] = breaking;
  classes[CARRIAGE_RETURN] = breaking | carriageReturn;
  for (const [character, kind] of Object.entries(special)) classes[character.charCodeAt(0)] = kind;
  return classes;
}

/** Bytes of character data: a run ends at `<`. */
export const TEXT_CLASSES: Uint8Array = classify({
  '<': stop,
  '&': content | ampersand,
  ']': content | bracket,
});

/** Bytes of a comment, processing instruction or CDATA section. */
export const OPAQUE_CLASSES: Uint8Array = classify({});

/** Bytes of an attribute value: a run ends at either quote, and at `<`. */
export const ATTRIBUTE_CLASSES: Uint8Array = classify({
  '<': stop,
  '"': stop,
  "'": stop,
  '&': content | ampersand,
});

/** 1 for the bytes that can be in a name; those above 127 are checked when the name is first seen. */
export const NAME_BYTES: Uint8Array = new Uint8Array(256).map((_, byte) =>
  byte > 127 || /[\w:.-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** 1 for S (XML 1.0, 2.3). */
export const SPACE_BYTES: Uint8Array = new Uint8Array(256).map((_, byte) =>
  byte === SPACE || byte === TAB || byte === LINE_FEED || byte === CARRIAGE_RETURN ? 1 : 0,
);

const NAME_START =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF' +
  '\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME_REST = `${NAME_START}\\-.0-9\\xB7\\u0300-\\u036F\\u203F-\\u2040`;

/** NCName (Namespaces in XML 1.0, 3; XML 1.0 fifth edition, 2.3). */
const NC_NAME = new RegExp(`^[${NAME_START}][${NAME_REST}]*$`, 'u');

export function isNcName(name: string): boolean {
  return NC_NAME.test(name);
}

/** Each possible prefix before a colon, for finding QNames in text. */
export const PREFIX_BEFORE_COLON: RegExp = new RegExp(`[${NAME_START}][${NAME_REST}]*(?=:)`, 'gu');

/** Char (XML 1.0, 2.2), for a code point from a character reference. */
export function isXmlCodePoint(code: number): boolean {
  if (code < SPACE) return code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
