import type { RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server that is there. */
export interface Listening {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Lets running requests end, but for those that are held, then stops. */
  close(): Promise<void>;
}

/** @throws Error for a port that is taken. */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
  held: ReadonlySet<ServerResponse> = new Set(),
): Promise<Listening> {
  const server = createServer(listener);
  const address = await opened(server, port, host);
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close() {
      closed ??= stopped(server);
      for (const response of held) response.destroy();
      return closed;
    },
  };
}

function opened(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}
