import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Makes the cursors of clients out of what the service calls a page, and reads them again. */
export interface Cursors {
  /** `binding`: all that a cursor is good for. The text is base64url. */
  seal(page: string, binding: string): string;
  /** Undefined: made by nobody here, for something else, or changed. */
  open(cursor: string, binding: string): string | undefined;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const TEXT = /^[A-Za-z0-9_-]{38,2048}$/;

/** Encrypted and authenticated, the binding included (NIST SP 800-38D). Who does not know the secret can make none. */
export function createCursors(secret: string): Cursors {
  const key = createHash('sha256').update(`portico cursor\n${secret}`).digest();
  return {
    seal(page, binding) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(binding));
      const content = Buffer.concat([cipher.update(page, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
    },
    open(cursor, binding) {
      if (!TEXT.test(cursor)) return undefined;
      const bytes = Buffer.from(cursor, 'base64url');
      // One cursor has one spelling.
      if (bytes.toString('base64url') !== cursor) return undefined;
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(binding));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return (
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        return undefined;
      }
    },
  };
}
