import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { Readiness } from './pages/readiness.ts';
import { adminReadiness, statusOfReadiness } from './pages/readiness.ts';
import { securityHead } from './security-headers.ts';

/** The port for whoever runs the facade: what it counts and how it does. It goes on answering while the facade stops. */
export interface Admin {
  readonly port: number;
  close(): Promise<void>;
}

export interface AdminOptions {
  readonly port: number;
  readonly host: string;
  /** Processes that have such a port each. */
  readonly workers: number;
  readonly metrics: Metrics;
  readonly readiness: () => Promise<Readiness>;
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json';
const TIMEOUT_MS = 10_000;

/**
 * Each worker of a cluster counts for itself, so each takes a port of its own: the first free one of `workers` in a row.
 * @throws Error of node:net if there is none.
 */
export async function listenAdmin(options: AdminOptions): Promise<Admin> {
  const server = createServer(
    { requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS },
    (request, response) => {
      void answer(request, response, options);
    },
  );
  await listenAtFree(server, options);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function listenAtFree(server: Server, { port, host, workers }: AdminOptions): Promise<void> {
  for (let taken = 0; ; taken += 1) {
    try {
      server.listen({ port: port === 0 ? 0 : port + taken, host, exclusive: true });
      await once(server, 'listening');
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || taken + 1 >= workers) throw error;
    }
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: AdminOptions,
): Promise<void> {
  const { method = '' } = request;
  const page = ['GET', 'HEAD'].includes(method) ? await pageOf(request.url ?? '/', options) : NOT_ALLOWED;
  response.writeHead(page.status, [...securityHead, 'Cache-Control', 'no-store', 'Content-Type', page.type]);
  response.end(method === 'HEAD' ? undefined : page.body);
}

const NOT_ALLOWED: Page = { status: 405, type: 'text/plain', body: 'This port has GET and HEAD.\n' };
const NOT_FOUND: Page = {
  status: 404,
  type: 'text/plain',
  body: 'This port has /metrics, /healthz and /readyz.\n',
};

async function pageOf(url: string, { metrics, readiness }: AdminOptions): Promise<Page> {
  switch (url.replace(/\?.*/s, '')) {
    case '/metrics':
      return { status: 200, type: metrics.contentType, body: await metrics.text() };
    case '/healthz':
      return { status: 200, type: JSON_TYPE, body: '{"status":"ok"}' };
    case '/readyz': {
      const state = await readiness();
      return {
        status: statusOfReadiness(state),
        type: JSON_TYPE,
        body: JSON.stringify(adminReadiness(state)),
      };
    }
    default:
      return NOT_FOUND;
  }
}
