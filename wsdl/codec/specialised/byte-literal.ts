const WORD = 4;

/** Expression: whether the bytes of a text stand at a position. `w` is the DataView on the XML, `b` its bytes. */
export function matchLiteral(text: string, at: string): string {
  const bytes = Buffer.from(text);
  return offsets(bytes)
    .map((offset) =>
      bytes.length < WORD
        ? `b[${sum(at, offset)}] === ${bytes[offset]!}`
        : `w.getInt32(${sum(at, offset)}, true) === ${bytes.readInt32LE(offset)}`,
    )
    .join(' && ');
}

/** Statement: writes the bytes of a text as JSON. */
export function putLiteral(text: string): string {
  const bytes = Buffer.from(text);
  const stores = offsets(bytes).map((offset) =>
    bytes.length < WORD
      ? `o.setUint8(${sum('q', offset)}, ${bytes[offset]!});`
      : `o.setInt32(${sum('q', offset)}, ${bytes.readInt32LE(offset)}, true);`,
  );
  return `q = s.used; o = s.jsonView; ${stores.join(' ')} s.used = q + ${bytes.length};`;
}

/** Where the words of a literal begin; the last may overlap the one before. Short literals have no words but bytes. */
function offsets({ length }: Buffer): number[] {
  if (length < WORD) return [...Array(length).keys()];
  const words = [...Array(Math.floor(length / WORD)).keys()].map((index) => index * WORD);
  return length % WORD === 0 ? words : [...words, length - WORD];
}

function sum(position: string, offset: number): string {
  return offset === 0 ? position : `${position} + ${offset}`;
}
