/** RFC 6750, 3.1; RFC 9449, 7.1, 9. */
export type TokenError = 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce';

/** Why a token, or the proof that came with it, is refused: a sentence that quotes nothing of it. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
  readonly error: TokenError;
  /** Header fields for the answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    message: string,
    error: TokenError = 'invalid_token',
    headers: Readonly<Record<string, string>> = {},
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.error = error;
    this.headers = headers;
  }
}
