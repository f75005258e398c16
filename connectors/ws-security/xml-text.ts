const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const ATTRIBUTE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** As Canonical XML 1.0, 2.3 writes a text node, so that it is signed as it stands. */
export function canonicalText(value: string): string {
  return value.replace(/[&<>\r]/g, (character) => TEXT[character] ?? '');
}

/** The same for the value of an attribute. */
export function canonicalAttribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, (character) => ATTRIBUTE[character] ?? '');
}

/** Whether XML 1.0, 2.2 lets the text stand in a document. */
export function isXmlText(value: string): boolean {
  return value.isWellFormed() && !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(value);
}
