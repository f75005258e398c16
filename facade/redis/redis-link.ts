/** What a command may be given besides its name. Bytes go as they are. */
export type RedisArgument = string | number | Uint8Array;

/** A Lua script; Redis carries it out as one step. Loaded when the server does not know it. */
export interface RedisScript {
  readonly lua: string;
  /** In hexadecimal digits. */
  readonly sha1: string;
}

type SendCommand = (command: string, args: readonly RedisArgument[]) => Promise<unknown>;

/**
 * One connection to a Redis server that may come and go. While it is away commands fail at once; no command is waited for longer
 * than `redis.timeoutMilliseconds`, and none is sent twice. Nothing here may fail a request: whoever asks has an answer of its
 * own for a RedisError.
 */
export interface RedisLink {
  /** Whether commands are worth sending now. */
  readonly isUp: () => boolean;
  /** A key of this API: several may share a server. `kind` tells stores apart. */
  keyOf(kind: string, id: string): string;
  /** @returns the reply, texts as strings. @throws RedisError */
  readonly call: SendCommand;
  /** The same with texts as bytes. @throws RedisError */
  readonly callForBytes: SendCommand;
  /** @throws RedisError */
  run(
    script: RedisScript,
    keys: readonly string[],
    args: readonly RedisArgument[],
    texts?: 'strings' | 'bytes',
  ): Promise<unknown>;
  /** Hears what is published from now on, and again after each reconnection; what came between is lost. */
  subscribe(channel: string, listener: (message: Uint8Array) => void): void;
  /**
   * `up` when commands and subscriptions work (again), `down` when commands do not. `isNew` if the connection is another than
   * before, so that messages may have been missed.
   */
  readonly onChange: (listener: (state: 'up' | 'down', isNew: boolean) => void) => void;
  close(): Promise<void>;
}

/** Why there is no reply. A command that got none may have been carried out all the same. Never holds keys or arguments. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
  readonly code: 'away' | 'timeout' | 'refused';

  constructor(code: RedisError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
