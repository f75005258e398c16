import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Hides what is stored from whoever reads the store. */
export interface Seal {
  /** `binding`: all that the bytes are good for. */
  seal(content: Uint8Array, binding: string): Uint8Array;
  /** Undefined: sealed with a key that is not known, for something else, or changed. */
  open(sealed: Uint8Array, binding: string): Uint8Array | undefined;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The first byte of what is stored. */
const PLAIN = 0;
const SEALED = 1;

/** AES-256-GCM (NIST SP 800-38D) with the first secret; what is stored opens with each. Without secrets it lies open. */
export function createSeal(secrets: readonly string[]): Seal {
  const keys = secrets.map((secret) => createHash('sha256').update(`portico operation\n${secret}`).digest());
  const [first] = keys;
  return {
    seal(content, binding) {
      if (first === undefined) return Buffer.concat([Buffer.of(PLAIN), content]);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, first, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(binding));
      const hidden = Buffer.concat([cipher.update(content), cipher.final()]);
      return Buffer.concat([Buffer.of(SEALED), nonce, cipher.getAuthTag(), hidden]);
    },
    open(sealed, binding) {
      if (sealed[0] === PLAIN) return sealed.subarray(1);
      for (const key of keys) {
        const content = openWith(key, sealed.subarray(1), binding);
        if (content !== undefined) return content;
      }
      return undefined;
    },
  };
}

function openWith(key: Buffer, sealed: Uint8Array, binding: string): Uint8Array | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(binding));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
