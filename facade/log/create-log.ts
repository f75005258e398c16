import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/config.ts';
import { createRequestLines, requestLogOf, type LogRequest } from './request-log.ts';

/** Where the facade tells what it does. */
export interface FacadeLog {
  readonly logger: Logger;
  readonly request: LogRequest;
  /** Resolves when all that was told is written. */
  flush(): Promise<void>;
}

/** Lines are gathered to this many bytes, or for this many milliseconds, and written off the event loop. */
const BUFFER_BYTES = 8 * 1024;
const FLUSH_MS = 100;

/**
 * JSON lines on standard output. They are written in the background and flushed when the process exits; only one that is
 * killed or crashes hard loses the last of them.
 */
export function createLog(level: LogLevel): FacadeLog {
  const stream = destination({ dest: 1, sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_MS });
  const logger = createLogger(level, stream);
  return {
    logger,
    request: logger.isLevelEnabled('info')
      ? createRequestLines((line) => void stream.write(line))
      : () => undefined,
    flush: () =>
      new Promise((resolve) => {
        stream.flush(() => {
          resolve();
        });
      }),
  };
}

/** The log of somebody else, who also sees to its end. */
export function logOf(logger: Logger): FacadeLog {
  return { logger, request: requestLogOf(logger), flush: () => Promise.resolve() };
}

/** Credentials are cut out should they ever be handed in; what is logged is chosen so that they are not. */
function createLogger(level: LogLevel, stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      redact: {
        paths: ['authorization', 'cookie', '*.authorization', '*.cookie', 'headers.*', '*.headers.*'],
        censor: '[redacted]',
      },
    },
    stream,
  );
}
