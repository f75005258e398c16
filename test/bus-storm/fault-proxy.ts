import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a broker on which connections are cut. */
export interface FaultProxy {
  readonly port: number;
  /** Cuts all connections, in the middle of whatever they carry. @returns how many they were */
  cut(): number;
  close(): Promise<void>;
}

export async function createFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((incoming) => {
    const outgoing = connect(targetPort, '127.0.0.1');
    const pair = [incoming, outgoing] as const;
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    pairs.add(pair);
    for (const socket of pair) socket.setNoDelay().on('error', end).on('close', end);
    incoming.pipe(outgoing).pipe(incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): number => {
    const cutOff = [...pairs];
    // With RST, as a router that forgets a connection does.
    for (const pair of cutOff) for (const socket of pair) socket.resetAndDestroy();
    return cutOff.length;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
