const IN_TEXT = /[&<>\r]/;
const IN_ATTRIBUTE = /[&<>"\r\n\t]/;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Character data. `>` is escaped so that `]]>` cannot occur, CR because a parser would turn it into LF. */
export function escapeText(text: string): string {
  return IN_TEXT.test(text) ? text.replace(/[&<>\r]/g, reference) : text;
}

/** An attribute value to stand between double quotes. White space other than spaces would be normalised away (XML 1.0, 3.3.3). */
export function escapeAttribute(value: string): string {
  return IN_ATTRIBUTE.test(value) ? value.replace(/[&<>"\r\n\t]/g, reference) : value;
}

const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** True if some character is not a Char (XML 1.0, 2.2), lone surrogates included: no XML document can carry it. */
export function hasIllegalXmlCharacter(text: string): boolean {
  return ILLEGAL.test(text) || !text.isWellFormed();
}

function reference(character: string): string {
  return REFERENCES[character]!;
}
