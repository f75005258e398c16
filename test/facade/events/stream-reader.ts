import { request as httpRequest, type IncomingMessage } from 'node:http';

/** What a stream has shown: an event, or undefined members where there is only a position or a comment. */
export interface Shown {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string | undefined;
}

/** A client of a stream of Server-Sent Events, by the rules of the HTML Standard, 9.2.6, as far as they are used. */
export interface StreamReader {
  readonly response: IncomingMessage;
  /** All blocks so far, comments and positions included. */
  readonly blocks: Shown[];
  /** As a browser would send it. */
  lastEventId(): string;
  /** Waits for so many events, and gives them. */
  events(count: number): Promise<readonly Shown[]>;
  /** Waits for the end of the stream, whoever ends it. */
  ended(): Promise<void>;
  leave(): void;
}

/** Opens a stream. Resolves when its head is there. */
export async function openStream(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<StreamReader> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest(url, { headers }, resolve).on('error', reject);
  request.end();
  const response = await promise;
  const blocks: Shown[] = [];
  let lastId = '';
  let rest = '';
  let onBlock = (): void => undefined;
  const { promise: end, resolve: onEnd } = Promise.withResolvers<undefined>();
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const block = toBlock(part);
      lastId = block.id ?? lastId;
      blocks.push(block);
    }
    onBlock();
  });
  response
    .on('error', () => undefined)
    .on('close', () => {
      onEnd(undefined);
      onBlock();
    });
  return {
    response,
    blocks,
    lastEventId: () => lastId,
    async events(count) {
      const shown = (): Shown[] => blocks.filter(({ data }) => data !== undefined);
      while (shown().length < count) {
        if (response.destroyed || response.complete)
          throw new Error(`the stream ended after ${shown().length} events`);
        await new Promise<void>((resolve_) => (onBlock = resolve_));
      }
      return shown();
    },
    async ended() {
      await end;
    },
    leave: () => {
      request.destroy();
    },
  };
}

function toBlock(text: string): Shown {
  const fields = text.split('\n').map((line) => /^([a-z]*): ?(.*)$/.exec(line));
  const valueOf = (name: string): string | undefined => {
    const found = fields.filter((field) => field?.[1] === name).map((field) => field![2]!);
    return found.length === 0 ? undefined : found.join('\n');
  };
  return { id: valueOf('id'), event: valueOf('event'), data: valueOf('data') };
}
