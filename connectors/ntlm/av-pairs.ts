/** Attributes in the target information of a challenge (MS-NLMP, 2.2.2.1). */
export const AvId = { end: 0, flags: 6, timestamp: 7 } as const;

export interface AvPair {
  readonly id: number;
  readonly value: Buffer;
}

/** @throws RangeError if they are cut off. */
export function parseAvPairs(bytes: Buffer): AvPair[] {
  const pairs: AvPair[] = [];
  for (let at = 0; bytes.readUInt16LE(at) !== AvId.end;) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) throw new RangeError('the target information is cut off');
    pairs.push({ id: bytes.readUInt16LE(at), value: bytes.subarray(at + 4, end) });
    at = end;
  }
  return pairs;
}

export function writeAvPairs(pairs: readonly AvPair[]): Buffer {
  const written = [...pairs, { id: AvId.end, value: Buffer.alloc(0) }].map(({ id, value }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  });
  return Buffer.concat(written);
}
