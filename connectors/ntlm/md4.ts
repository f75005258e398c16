import library from 'js-md4';

/** RFC 1320; OpenSSL 3 offers it no more. */
export function md4(message: Uint8Array): Buffer {
  return Buffer.from(library.array(message));
}
