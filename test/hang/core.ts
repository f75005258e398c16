import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountAnswer } from '../facade/bank-wsdl.ts';

/** A service that can be made to take requests and answer none. */
export interface Core {
  readonly url: string;
  isHanging: boolean;
  close(): void;
}

export async function startCore(): Promise<Core> {
  const held: ServerResponse[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    if (core.isHanging) held.push(response);
    else response.writeHead(200, { 'Content-Type': 'text/xml' }).end(accountAnswer);
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const core: Core = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bank`,
    isHanging: false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return core;
}
