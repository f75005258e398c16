import { maskText } from '../../masking/index.ts';

const COMMENT = /<!--[\s\S]*?-->/g;
/** Processing instructions, but not the declaration. */
const INSTRUCTION = /<\?(?!xml\s)[\s\S]*?\?>/gi;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/g;
const PLAIN_CHARACTER = /&#(?:x0*([2-7][0-9a-f])|0*(\d{2,3}));/gi;

/**
 * XML as text without what nobody should read. References to letters, digits and blanks, CDATA sections, comments and processing
 * instructions are written plainly first or left out: nothing may hide a number in the way it is spelt.
 */
export function maskXml(xml: string): string {
  return maskText(
    xml
      .replace(COMMENT, '')
      .replace(INSTRUCTION, '')
      .replace(CDATA, (_section, content: string) => escape(content))
      .replace(PLAIN_CHARACTER, toCharacter),
  );
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function toCharacter(reference: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const character = code < 128 ? String.fromCharCode(code) : '';
  return /^[\w ]$/.test(character) ? character : reference;
}
