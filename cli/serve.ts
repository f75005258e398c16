import { createFacade, type Facade } from '../facade/index.ts';
import { expectPositionals, numberOption, PORT_RANGE, type Command } from './command.ts';
import { configOrFail, DEFAULT_CONFIG } from './config-source.ts';
import { waitForStop } from './wait-for-stop.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--config portico.yaml] [--port P]',
  summary: 'the facade: REST in, SOAP out',
  help: `  --config FILE  default ${DEFAULT_CONFIG}\n  --port P       instead of server.port of the configuration`,
  options: { config: { type: 'string' }, port: { type: 'string' } },
  async run(input) {
    expectPositionals(input, []);
    const port = numberOption(input, 'port', PORT_RANGE);
    const source = await configOrFail(input.values.config ?? DEFAULT_CONFIG);
    const facade = await createFacade(source);
    const address = await listenOrClose(facade, port);
    const { host } = source.config.server;
    console.log(
      `portico listens on ${host}, port ${address.port}; its API is described at /docs and /openapi.json`,
    );
    const stopReloading = reloadOnHangup(facade, source.config.server.tls !== undefined);
    await waitForStop();
    stopReloading();
    await facade.close();
    return 0;
  },
};

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
