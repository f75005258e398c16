import { isAscii, isUtf8 } from 'node:buffer';

const NONCHARACTERS = [Buffer.from('\uFFFE'), Buffer.from('\uFFFF')];

/** Whether all bytes are valid UTF-8 for Chars (XML 1.0, 2.2). Control characters were looked for where they could be. */
export function isLegal(bytes: Buffer): boolean {
  if (isAscii(bytes)) return true;
  return isUtf8(bytes) && NONCHARACTERS.every((character) => !bytes.includes(character));
}
