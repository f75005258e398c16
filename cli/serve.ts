import cluster from 'node:cluster';
import { createFacade, type Facade, type PorticoConfig } from '../facade/index.ts';
import { expectPositionals, numberOption, PORT_RANGE, type Command } from './command.ts';
import { configOrFail, DEFAULT_CONFIG, type UsableConfig } from './config-source.ts';
import { releaseStart } from './release-start.ts';
import { waitForStop } from './wait-for-stop.ts';
import { runWorkers, waitForOrder } from './workers.ts';

const WORKERS_RANGE = { min: 1, max: 256 } as const;
/** Beyond `server.shutdownSeconds`: for what is aborted to say so, and for connections to be closed. */
const FAREWELL_MS = 5000;

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--config portico.yaml] [--port P] [--workers N]',
  summary: 'the facade: REST in, SOAP out',
  help: `  --config FILE  default ${DEFAULT_CONFIG}
  --port P       instead of server.port of the configuration
  --workers N    in N processes that share the port, on as many cores; one that dies is replaced`,
  options: { config: { type: 'string' }, port: { type: 'string' }, workers: { type: 'string' } },
  async run(input) {
    expectPositionals(input, []);
    const port = numberOption(input, 'port', PORT_RANGE);
    const workers = numberOption(input, 'workers', WORKERS_RANGE);
    const source = await configOrFail(input.values.config ?? DEFAULT_CONFIG);
    const tellListening = (taken: number): void => {
      console.log(
        `portico listens on ${source.config.server.host}, port ${taken}; its API is described at /docs and /openapi.json`,
      );
    };
    if (workers === undefined) return serve(source, port, 1, tellListening, waitForStop);
    if (cluster.isWorker) return serveAsWorker(source, port, workers);
    warnOfSeparation(source.config, workers);
    const { server } = source.config;
    const stopMs = (server.stopDelaySeconds + server.shutdownSeconds) * 1000 + FAREWELL_MS;
    return runWorkers({ count: workers, stopMs, onListening: tellListening });
  },
};

async function serveAsWorker(
  source: UsableConfig,
  port: number | undefined,
  workers: number,
): Promise<number> {
  try {
    return await serve(source, port, workers, () => undefined, waitForOrder);
  } finally {
    // The channel to the first process would keep this one alive.
    cluster.worker?.disconnect();
  }
}

async function serve(
  source: UsableConfig,
  port: number | undefined,
  workers: number,
  onListening: (port: number) => void,
  stopped: () => Promise<void>,
): Promise<number> {
  const facade = await createFacade({ ...source, workers });
  const address = await listenOrClose(facade, port);
  onListening(address.port);
  releaseStart();
  const stopReloading = reloadOnHangup(facade, source.config.server.tls !== undefined);
  await stopped();
  stopReloading();
  await facade.close();
  return 0;
}

/** What several processes do not share, their operator should know. */
function warnOfSeparation({ auth, redis, rateLimit }: PorticoConfig, workers: number): void {
  if (workers === 1) return;
  if (redis.url === undefined && auth.issuers.some(({ dpop }) => dpop !== 'off'))
    console.error(
      `portico: without Redis (redis.url) a stolen proof of possession could be used once at each of the ${workers} workers (docs/identity.md)`,
    );
  if (redis.url === undefined)
    console.error(
      `portico: without Redis (redis.url) the ${workers} workers share nothing: each admits 1/${workers} of every limit, keeps answers for itself, and does not hear what writes of the others change (docs/limits.md, docs/caching.md)`,
    );
  else if (rateLimit.store === 'memory')
    console.error(
      `portico: rateLimit.store is memory, so each of the ${workers} workers admits 1/${workers} of every limit`,
    );
}

/** New certificates at SIGHUP; without TLS that signal ends the process, as ever. */
function reloadOnHangup(facade: Facade, hasTls: boolean): () => void {
  const reload = (): void => {
    facade.reloadTls().then(
      () => {
        console.log('portico has read its certificate and key again');
      },
      (error: unknown) => {
        console.error(`portico goes on with the certificate it has: ${(error as Error).message}`);
      },
    );
  };
  if (hasTls) process.on('SIGHUP', reload);
  return () => void process.off('SIGHUP', reload);
}

/** A port that is taken must not leave the program running for its bus and its connections. */
async function listenOrClose(facade: Facade, port: number | undefined): Promise<{ readonly port: number }> {
  try {
    return await facade.listen(port);
  } catch (error) {
    await facade.close();
    throw error;
  }
}
