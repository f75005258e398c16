import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createDevelopmentToken } from '../../facade/index.ts';
import { accountAnswer, bankWsdl, transferAnswer } from '../facade/bank-wsdl.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** A core that can be stopped and started again at its port. Its balances are the number of transfers so far. */
export interface Core {
  readonly url: string;
  calls: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startCore(): Promise<Core> {
  let server: Server | undefined;
  let port = 0;
  let transfers = 0;
  const listen = async (): Promise<void> => {
    server = createServer((request, response) => {
      void text(request).then(() => {
        core.calls += 1;
        const isTransfer = String(request.headers.soapaction).includes('Transfer');
        if (isTransfer) transfers += 1;
        response.setHeader('Content-Type', 'text/xml');
        response.end(isTransfer ? transferAnswer : accountAnswer.replace('33.00', `${transfers}.00`));
      });
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const core: Core = {
    get url() {
      return `http://127.0.0.1:${port}/bank`;
    },
    calls: 0,
    async stop() {
      server?.closeAllConnections();
      server?.close();
      if (server !== undefined) await once(server, 'close');
    },
    start: listen,
  };
  await listen();
  return core;
}

export interface ServedBank {
  readonly port: number;
  readonly token: string;
  stop(): Promise<void>;
}

/** `portico serve --workers`, with routes that a transfer forgets and that outlive the core. `yaml` comes before the services. */
export async function serveBank(yaml: string, core: Core, workers: number): Promise<ServedBank> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-shared-'));
  await writeFile(join(folder, 'bank.wsdl'), bankWsdl);
  await writeFile(join(folder, 'portico.yaml'), `${CONFIG}${yaml}${servicesOf(core.url)}`);
  const token = await createDevelopmentToken({
    configDir: folder,
    subject: 'anna',
    scopes: [],
    claims: {},
    expiresInSeconds: 3600,
  });
  const program = spawn(process.execPath, [main, 'serve', '--port', '0', '--workers', String(workers)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(program, 'exit');
  const port = await new Promise<number>((resolve) => {
    createInterface(program.stdout).on('line', (line) => {
      const found = /port (\d+)/.exec(line);
      if (found !== null) resolve(Number(found[1]));
    });
  });
  return {
    port,
    token,
    async stop() {
      program.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

const CONFIG = `
server: { host: 127.0.0.1, shutdownSeconds: 2 }
auth: { development: true }
log: { level: fatal }
`;

function servicesOf(endpoint: string): string {
  return `
services:
  bank:
    wsdl: bank.wsdl
    endpoint: ${endpoint}
    routes:
      - { operation: GetAccount, method: GET, path: "/v1/accounts/{accountId}", input: { customerId: token.sub } }
      - operation: GetAccount
        method: GET
        path: /v1/kept/{accountId}
        operationId: kept
        input: { customerId: token.sub }
        cache: { ttlSeconds: 5, staleIfErrorSeconds: 3600, tags: ["account:{accountId}"] }
      - { operation: Transfer, method: POST, path: /v1/transfers, input: { customerId: token.sub }, invalidates: ["account:{from}"] }
`;
}
