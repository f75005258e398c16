import { once } from 'node:events';
import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

/**
 * What happens to one call: `pass`; `refuse`, cut before the core sees it; `lose`, carried out, but the answer is cut off;
 * `hold`, carried out, but the answer never comes; or it comes to the core later, and its answer to the caller.
 */
export type Fate = 'pass' | 'refuse' | 'lose' | 'hold' | Delay;

interface Delay {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** A way to a SOAP server on which calls and answers get lost. */
export interface FlakyCore {
  readonly url: string;
  /** Decides on each call, by its SOAPAction. */
  fateOf: (action: string) => Fate;
  /** Called when the core has answered, whatever becomes of the answer. */
  onAnswered: (action: string) => void;
  /** Nobody listens any more; what is on its way is cut. */
  leave(): Promise<void>;
  /** At the same address. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function createFlakyCore(target: string): Promise<FlakyCore> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const action = String(request.headers.soapaction);
    const body = await buffer(request);
    const fate = core.fateOf(action);
    if (fate === 'refuse') return void request.socket.destroy();
    if (typeof fate === 'object') await setTimeout(fate.beforeMs);
    const { method, url: path, headers } = request;
    const onward = send({ hostname, port, method, path, headers, agent }).end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    const bytes = await buffer(answer);
    core.onAnswered(action);
    if (fate === 'lose') return void request.socket.destroy();
    if (fate === 'hold') return;
    if (typeof fate === 'object') await setTimeout(fate.afterMs);
    response.writeHead(answer.statusCode!, answer.headers).end(bytes);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const leave = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const core: FlakyCore = {
    url: `http://127.0.0.1:${ownPort}`,
    fateOf: () => 'pass',
    onAnswered: () => undefined,
    leave,
    async comeBack() {
      server.listen(ownPort, '127.0.0.1');
      await once(server, 'listening');
    },
    async close() {
      agent.destroy();
      await leave();
    },
  };
  return core;
}
