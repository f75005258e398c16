import { maskForeignText } from '../../masking/index.ts';

const mostCharacters = 200;

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What a person would see of an HTML page, or the start of any other text; secrets masked before it is cut. */
export function visibleText(bytes: Uint8Array, charset: string | undefined): string {
  const text = decoded(bytes, charset)
    .replace(/<(script|style|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  const masked = maskForeignText(text);
  return masked.length > mostCharacters ? `${masked.slice(0, mostCharacters)}...` : masked;
}

/** An unknown charset is no reason to show nothing: ASCII reads the same in most. */
function decoded(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('latin1').decode(bytes);
    throw error;
  }
}
