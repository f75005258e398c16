import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers: a status, with header fields if there are any; nothing at all. */
export type ReceiverAnswer =
  number | { readonly status: number; readonly headers: Record<string, string> } | 'nothing';

/** A server that webhooks call. */
export interface Receiver {
  readonly url: string;
  readonly calls: ReceivedCall[];
  answer: (call: number) => ReceiverAnswer;
  /** Waits for so many calls. */
  count(wanted: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const calls: ReceivedCall[] = [];
  let onCall = (): void => undefined;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      calls.push({ headers: request.headers, body });
      onCall();
      const answer = receiver.answer(calls.length);
      if (answer === 'nothing') return;
      const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
      response.writeHead(status, headers).end('x'.repeat(100_000));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=hunter2`,
    calls,
    answer: () => 204,
    async count(wanted) {
      while (calls.length < wanted) await new Promise<void>((resolve) => (onCall = resolve));
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}
