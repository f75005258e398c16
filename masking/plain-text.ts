import { veilDigests } from './veil-digests.ts';

const WIDE = /[\uff01-\uff5e\u3000]/g;
const WIDE_OFFSET = 0xfee0;

/** A date by itself (ISO 8601): two of them, with a dash between, would be digits enough for a card. */
const DATE = /(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])/g;

/** The text, as long as before, as numbers are sought in it: wide forms (East Asian) as ASCII; without digests and dates. */
export function plainText(text: string): string {
  return veilDigests(text.replace(WIDE, narrow)).replace(DATE, '____:__:__');
}

function narrow(character: string): string {
  return character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - WIDE_OFFSET);
}
