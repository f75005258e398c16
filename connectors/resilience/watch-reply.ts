import type { MediaType } from '../../wsdl/index.ts';
import type { SoapReply } from '../connector.ts';

/** Told once how an answer ended: whole or no more wanted (undefined), or cut off. */
export type OnReplyEnd = (error?: unknown) => void;

/** The answer, and `onEnd` called when its last byte has come. */
export function watchReply(reply: SoapReply, onEnd: OnReplyEnd): SoapReply {
  if (reply.whole === undefined) return new WatchedReply(reply, onEnd);
  onEnd();
  return reply;
}

class WatchedReply implements SoapReply {
  readonly status: number;
  readonly charset?: string;
  readonly multipart?: MediaType;
  readonly understood?: ReadonlySet<string>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly #reply: SoapReply;
  readonly #onEnd: OnReplyEnd;
  #hasEnded = false;

  constructor(reply: SoapReply, onEnd: OnReplyEnd) {
    this.status = reply.status;
    if (reply.charset !== undefined) this.charset = reply.charset;
    if (reply.multipart !== undefined) this.multipart = reply.multipart;
    if (reply.understood !== undefined) this.understood = reply.understood;
    this.#reply = reply;
    this.#onEnd = onEnd;
    this.body = { [Symbol.asyncIterator]: () => this.#watched(reply.body[Symbol.asyncIterator]()) };
  }

  get whole(): Uint8Array | undefined {
    const { whole } = this.#reply;
    if (whole !== undefined) this.#end();
    return whole;
  }

  release(): void {
    this.#reply.release?.();
  }

  #watched(chunks: AsyncIterator<Uint8Array, unknown>): AsyncIterator<Uint8Array, unknown> {
    return {
      next: async () => {
        try {
          const step = await chunks.next();
          if (step.done) this.#end();
          return step;
        } catch (error) {
          this.#end(error);
          throw error;
        }
      },
      return: async () => {
        this.#end();
        await chunks.return?.();
        return { done: true, value: undefined };
      },
    };
  }

  #end(error?: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(error);
  }
}
