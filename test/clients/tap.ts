import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went over the wire for a case. */
export interface Exchange {
  readonly request: Buffer;
  readonly status: number;
  readonly contentType: string;
  readonly response: Buffer;
}

/** A proxy that keeps the last exchange of each case. */
export interface Tap {
  readonly url: string;
  readonly exchanges: Map<number, Exchange>;
  close(): Promise<void>;
}

/** `target`: `http://host:port`. The mock behind it sees the tap's own Host, so that its documents lead back here. */
export async function openTap(target: string): Promise<Tap> {
  const exchanges = new Map<number, Exchange>();
  const server = createServer((request, response) => {
    void relay(target, request, response, exchanges);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function relay(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  exchanges: Map<number, Exchange>,
): Promise<void> {
  const url = new URL(request.url ?? '/', target);
  const id = url.searchParams.get('case');
  url.searchParams.delete('case');
  const body = await readAll(request);
  const onward = httpRequest(
    url,
    { method: request.method, headers: request.headers, agent: false },
    (reply) => {
      void readAll(reply).then((answer) => {
        const { statusCode: status = 0, headers } = reply;
        if (id !== null)
          exchanges.set(Number(id), {
            request: body,
            status,
            contentType: headers['content-type'] ?? '',
            response: answer,
          });
        response.writeHead(status, headers).end(answer);
      });
    },
  );
  onward.on('error', () => response.destroy());
  onward.end(body);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
