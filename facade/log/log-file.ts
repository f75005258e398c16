import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { createLineWriter, type LineWriter, type OnLost } from './line-writer.ts';

/** Owner and group may read what stands in a log, nobody else. */
const MODE = 0o640;

/** No descriptor. */
const NOWHERE = -1;

export interface LogFile extends Pick<LineWriter, 'write' | 'flush'> {
  close(): Promise<void>;
}

/**
 * Lines at the end of a file. On SIGHUP it is opened anew, so that a file that was moved away (logrotate) gets no further lines.
 * @param onLost also hears of a file that cannot be opened anew; the lines then go where they went before.
 * @throws Error of node:fs if it cannot be opened.
 */
export function openLogFile(path: string, onLost: OnLost): LogFile {
  const lines = createLineWriter(open(path), onLost);
  let isClosed = false;
  const reopen = (): void => {
    try {
      void lines.redirect(open(path)).then(closeSync);
    } catch (error) {
      onLost(error as Error);
    }
  };
  process.on('SIGHUP', reopen);
  return {
    write(line) {
      if (!isClosed) lines.write(line);
    },
    flush: () => lines.flush(),
    async close() {
      isClosed = true;
      process.off('SIGHUP', reopen);
      await lines.flush();
      lines.forget();
      closeSync(await lines.redirect(NOWHERE));
    },
  };
}

function open(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'a', MODE);
}
