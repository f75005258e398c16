import { createRequire } from 'node:module';

/** js-md4 has no types; OpenSSL 3 offers MD4 no more. */
interface Md4 {
  readonly array: (message: Uint8Array) => number[];
}

const library = createRequire(import.meta.url)('js-md4') as Md4;

export function md4(message: Uint8Array): Buffer {
  return Buffer.from(library.array(message));
}
