import type { ServerConfig } from '../../config/config.ts';
import { ServiceFiles } from '../../operations/service-files.ts';
import { createCursors, type Cursors } from './cursors.ts';

/**
 * Without a secret all processes share one that is none: a cursor is still good for one list and one caller alone, and
 * whoever makes one says no more by it than the service would take. @throws ConfigError for a secret that is unreadable or short
 */
export function openCursors({ cursorSecret }: ServerConfig, configDir: string): Cursors {
  if (cursorSecret === undefined) return createCursors('');
  return createCursors(new ServiceFiles(configDir, ['server']).strongSecret(cursorSecret, 'cursorSecret'));
}
