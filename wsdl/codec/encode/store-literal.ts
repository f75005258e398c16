const WORD = 8;

/**
 * Statements that store bytes at `at`, eight at a time: the fastest way there is, as each becomes one machine instruction.
 * Up to seven octets after the literal are overwritten.
 *
 * @returns undefined for bytes beyond ASCII: as a number they might be NaN, of which not all bits are kept.
 */
export function storeLiteral(bytes: Uint8Array): string[] | undefined {
  if (bytes.some((byte) => byte > 0x7f)) return undefined;
  const words = new DataView(new ArrayBuffer(Math.ceil(bytes.length / WORD) * WORD));
  for (const [index, byte] of bytes.entries()) words.setUint8(index, byte);
  return Array.from({ length: words.byteLength / WORD }, (_, index) => {
    const number = JSON.stringify(words.getFloat64(index * WORD, true));
    return `W.setFloat64(at + ${index * WORD}, ${number}, true);`;
  });
}
