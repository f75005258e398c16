import { connect, type Socket } from 'node:net';
import { ResponseReader } from './response-reader.ts';

export interface Drive {
  readonly port: number;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  /** No request is begun later than this. */
  readonly milliseconds: number;
  /** Nor after this many. */
  readonly most?: number;
}

/** Times in milliseconds, one for each request. */
export interface Driven {
  readonly seconds: number;
  readonly latencies: readonly number[];
  readonly firstBytes: readonly number[];
}

/** Requests on kept-alive connections, on each the next one when the last is answered. @throws Error at any answer but 2xx. */
export async function drive({
  port,
  requests,
  connections,
  milliseconds,
  most = Infinity,
}: Drive): Promise<Driven> {
  const latencies: number[] = [];
  const firstBytes: number[] = [];
  const start = performance.now();
  let begun = 0;
  const next = (): Buffer | undefined => {
    if (begun >= most || performance.now() - start >= milliseconds) return undefined;
    begun += 1;
    return requests[begun % requests.length];
  };
  await Promise.all(Array.from({ length: connections }, () => keepAsking(port, next, latencies, firstBytes)));
  return { seconds: (performance.now() - start) / 1000, latencies, firstBytes };
}

function keepAsking(
  port: number,
  next: () => Buffer | undefined,
  latencies: number[],
  firstBytes: number[],
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let begun = 0;
  const ask = (): void => {
    const request = next();
    if (request === undefined) {
      socket.destroy();
      resolve(undefined);
      return;
    }
    begun = performance.now();
    socket.write(request);
  };
  const reader = new ResponseReader(
    () => firstBytes.push(performance.now() - begun),
    (status) => {
      latencies.push(performance.now() - begun);
      if (status >= 200 && status < 300) ask();
      else socket.destroy(new Error(`HTTP status ${status}`));
    },
  );
  socket.on('data', (bytes: Buffer) => {
    reader.read(bytes);
  });
  socket.once('connect', ask).once('error', reject);
  socket.once('end', () => {
    reject(new Error('the connection was closed'));
  });
  return promise;
}
