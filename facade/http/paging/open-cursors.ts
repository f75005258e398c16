import type { ServerConfig } from '../../config/config.ts';
import { ServiceFiles } from '../../operations/service-files.ts';
import { createCursors, type Cursors } from './cursors.ts';

/**
 * Without a secret all processes share one that is none: a cursor is still good for one list and one caller alone, and
 * whoever makes one says no more by it than the service would take. @throws ConfigError if the secret cannot be read
 */
export function openCursors({ cursorSecret = '' }: ServerConfig, configDir: string): Cursors {
  return createCursors(new ServiceFiles(configDir, ['server']).secret(cursorSecret, 'cursorSecret'));
}
