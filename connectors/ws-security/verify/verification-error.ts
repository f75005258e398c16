/** Why an answer is not believed. The message names elements and rules, never content. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
}

export function refuse(message: string): never {
  throw new VerificationError(message);
}
