/** Who does the work of a round. */
export interface BusContender {
  readonly name: string;
  /** Resolves when the broker has confirmed it. */
  publish(queue: string, body: Buffer): Promise<unknown>;
  /** `onMessage` is called for each message, which is acknowledged. @returns what ends it. */
  consume(queue: string, onMessage: () => void): Promise<() => Promise<unknown>>;
  /** Resolves with the answer to a request. */
  call(queue: string, body: Buffer): Promise<unknown>;
  close(): Promise<unknown>;
}
