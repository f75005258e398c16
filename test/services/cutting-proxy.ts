import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy that fails when it is told to. */
export interface CuttingProxy {
  readonly port: number;
  /** Ends every connection at once, without a goodbye. */
  cut(): void;
  /** Passes nothing on any more, and says nothing; what has come waits. */
  freeze(): void;
  thaw(): void;
  /** Refuses connections until it is thawed. */
  refuse(): void;
  /** Connections there have been. */
  readonly connections: number;
  close(): Promise<void>;
}

export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let [connections, isFrozen, isRefusing] = [0, false, false];
  const server = createServer((client) => {
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    connections += 1;
    const target = connect({ host: '127.0.0.1', port: targetPort, noDelay: true });
    const pair = [client, target] as const;
    pairs.add(pair);
    join(client, target);
    if (isFrozen) for (const socket of pair) socket.pause();
    client.once('close', () => pairs.delete(pair));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const all = (): Socket[] => [...pairs].flat();
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      for (const socket of all()) socket.resetAndDestroy();
    },
    freeze: () => {
      isFrozen = true;
      for (const socket of all()) socket.pause();
    },
    thaw: () => {
      [isFrozen, isRefusing] = [false, false];
      for (const socket of all()) socket.resume();
    },
    refuse: () => {
      isRefusing = true;
    },
    get connections() {
      return connections;
    },
    close: async () => {
      for (const socket of all()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function join(left: Socket, right: Socket): void {
  const pass = (from: Socket, to: Socket): void => {
    from.on('data', (chunk: Buffer) => to.write(chunk));
    from.on('error', () => undefined);
    from.on('close', () => to.destroy());
  };
  pass(left, right);
  pass(right, left);
}
