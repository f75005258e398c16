import { maskText } from '../../masking/index.ts';

const COMMENT = /<!--[\s\S]*?-->/g;
const CDATA = /<!\[CDATA\[([^<&]*?)\]\]>/g;
const LETTER_OR_DIGIT = /&#(?:x0*([3-7][0-9a-f])|0*(\d{2,3}));/gi;

/**
 * XML as text without what nobody should read. References to letters and digits, CDATA sections and comments are written plainly
 * first: nothing may hide a number in the way it is spelt.
 */
export function maskXml(xml: string): string {
  return maskText(xml.replace(COMMENT, '').replace(CDATA, '$1').replace(LETTER_OR_DIGIT, toCharacter));
}

function toCharacter(reference: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const character = code < 128 ? String.fromCharCode(code) : '';
  return /^[\w ]$/.test(character) ? character : reference;
}
