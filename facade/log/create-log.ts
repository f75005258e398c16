import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/config.ts';
import { createLineWriter } from './line-writer.ts';
import { createRequestLines, requestLogOf, type LogRequest } from './request-log.ts';

/** Where the facade tells what it does. */
export interface FacadeLog {
  readonly logger: Logger;
  readonly request: LogRequest;
  /** Resolves when all that was told is written. */
  flush(): Promise<void>;
}

const STANDARD_OUTPUT = 1;

/**
 * JSON lines on standard output. They are written in the background and flushed when the process exits; only one that is
 * killed loses the last of them.
 */
export function createLog(level: LogLevel): FacadeLog {
  const lines = createLineWriter(STANDARD_OUTPUT);
  const logger = createLogger(level, lines);
  return {
    logger,
    request: logger.isLevelEnabled('info')
      ? createRequestLines((line) => {
          lines.write(line);
        })
      : () => undefined,
    flush: () => lines.flush(),
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
