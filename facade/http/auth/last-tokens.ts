import type { Socket } from 'node:net';
import type { VerifiedToken } from './verified-tokens.ts';

interface LastToken {
  /** The whole header field. */
  readonly authorization: string;
  readonly verified: VerifiedToken;
}

/**
 * The good token that came last on each connection. A client sends the same one again and again; to compare costs a twentieth of
 * hashing and looking it up. It is kept no longer than its connection, which holds the requests with it, too.
 */
export class LastTokens {
  readonly #last = new WeakMap<Socket, LastToken>();

  find(socket: Socket, authorization: string | undefined): VerifiedToken | undefined {
    const last = this.#last.get(socket);
    return last !== undefined && last.authorization === authorization ? last.verified : undefined;
  }

  keep(socket: Socket, authorization: string | undefined, verified: VerifiedToken): void {
    if (authorization !== undefined) this.#last.set(socket, { authorization, verified });
  }
}
