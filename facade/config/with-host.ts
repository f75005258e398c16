import type { PorticoConfig } from './config.ts';

const EVERY_ADDRESS = '0.0.0.0';
const THIS_MACHINE = '127.0.0.1';

/** Fills in `server.host`: development tokens are for this machine alone unless the file says otherwise. */
export function withHost(config: PorticoConfig): PorticoConfig {
  const { host = config.auth.development ? THIS_MACHINE : EVERY_ADDRESS } = config.server as {
    readonly host?: string;
  };
  return { ...config, server: { ...config.server, host } };
}
