import { ProblemError } from '../problem.ts';
import { verifyAndKeep, type AuthenticateOptions } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { hashOf } from './credentials.ts';
import { TokenRefusal } from './token-refusal.ts';
import { VerifiedTokens, type VerifiedToken } from './verified-tokens.ts';

/**
 * The caller that a token names which came without a request, e.g. with a message. A token that is bound to a key or a
 * certificate is refused: nothing comes with it that could prove that. @throws ProblemError 401, or 503 if the issuer's keys
 * cannot be fetched.
 */
export type CheckToken = (token: string) => Promise<Caller>;

export function createCheckToken(
  options: Pick<AuthenticateOptions, 'issuers' | 'tokenBytes' | 'clock' | 'tally'>,
): CheckToken {
  const tokens = new VerifiedTokens(options.tally);
  const verify = async (token: string): Promise<VerifiedToken> => {
    if (token.length > options.tokenBytes) throw new TokenRefusal('The token is too long.');
    const hash = hashOf(token);
    return tokens.find(hash, options.clock()) ?? verifyAndKeep(token, hash, tokens, options);
  };
  return async (token) => {
    if (token === '') throw new ProblemError('token-missing');
    try {
      const { caller, confirmation } = await verify(token);
      if (confirmation !== undefined)
        throw new TokenRefusal('The token is bound to a key or a certificate, which nothing here can prove.');
      return caller;
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      throw new ProblemError('token-invalid', { detail: error.message }, {}, { cause: error.cause });
    }
  };
}
