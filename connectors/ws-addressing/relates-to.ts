import type { XmlElement } from 'libxml2-wasm';
import { ADDRESSING_NAMESPACE } from './addressing-headers.ts';

/** Of either version: some services answer in the other one. */
export const ADDRESSING_NAMESPACES: ReadonlySet<string> = new Set(Object.values(ADDRESSING_NAMESPACE));

export function isAddressing({ namespaceUri }: XmlElement): boolean {
  return ADDRESSING_NAMESPACES.has(namespaceUri);
}

/** RelationshipType of an answer: it need not be named (WS-Addressing 1.0 Core, 3.1). */
const REPLY_TYPES: ReadonlySet<string | undefined> = new Set([
  undefined,
  'http://www.w3.org/2005/08/addressing/reply',
  'wsa:Reply',
]);

/** The message that an answer says it answers; undefined if it says none, or several. */
export function relatesToOf(blocks: readonly XmlElement[]): string | undefined {
  const [only, second] = blocks.filter(
    (block) =>
      isAddressing(block) &&
      block.name === 'RelatesTo' &&
      REPLY_TYPES.has(block.attrs.find(({ name }) => name === 'RelationshipType')?.value),
  );
  return second === undefined ? only?.content.trim() : undefined;
}
