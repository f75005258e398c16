import { resolve } from 'node:path';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { maskJson, type Json } from '../../masking/index.ts';
import { ConfigError, type KeyPath } from '../config/config-problem.ts';
import type { PorticoConfig } from '../config/config.ts';
import type { AuditConfig, LogDestination, LogLevel } from '../config/observability-config.ts';
import { accessLogOf, createAccessLog, type LogRequest } from './access-log.ts';
import { createAudit, type Audit } from './audit-log.ts';
import { createCallerMembers } from './caller-members.ts';
import { createLineWriter, type LineWriter } from './line-writer.ts';
import { createReadTrace, type ReadTrace } from '../trace/trace.ts';
import { openLogFile, type LogFile } from './log-file.ts';

/** Where the facade tells what it does. */
export interface FacadeLog {
  readonly logger: Logger;
  /** Missing: lines of requests are not wanted. */
  readonly request: LogRequest | undefined;
  /** Missing: there is no audit log. */
  readonly audit: Audit | undefined;
  /** Missing: traces are not wanted. */
  readonly readTrace: ReadTrace | undefined;
  /** Clients are told the trace of their request. */
  readonly showsTrace: boolean;
  /** Resolves when all that was told is written. */
  close(): Promise<void>;
}

export interface LogOptions {
  readonly config: Pick<PorticoConfig, 'log' | 'audit' | 'traces'>;
  /** Folder that relative paths of the configuration start from. */
  readonly configDir: string;
  /** Of somebody else, who also sees to its end. */
  readonly logger?: Logger | undefined;
}

const STANDARD_OUTPUT = 1;

/**
 * JSON lines on standard output or in files. They are written in the background and flushed when the process exits; only one
 * that is killed loses the last of them. @throws ConfigError for a file that cannot be opened.
 */
export function createLog({ config, configDir, logger: given }: LogOptions): FacadeLog {
  const { log, audit, traces } = config;
  const standard = createLineWriter(STANDARD_OUTPUT);
  const logger = given ?? createLogger(log.level, standard);
  const files: LogFile[] = [];
  const linesTo = (to: LogDestination, path: KeyPath): WriteLine => {
    if (to === 'stdout') return writerOf(standard);
    const file = openFile(resolve(configDir, to), path, logger);
    files.push(file);
    return writerOf(file);
  };
  const requestLog = (): LogRequest | undefined => {
    if (log.access === 'off' || (log.access === 'stdout' && !logger.isLevelEnabled('info'))) return undefined;
    const members = createCallerMembers(log.subject);
    if (log.access === 'stdout' && given !== undefined) return accessLogOf(given, members);
    return createAccessLog(linesTo(log.access, ['log', 'access']), members);
  };
  const request = requestLog();
  let closed: Promise<void> | undefined;
  return {
    logger,
    request,
    audit: audit.to === 'off' ? undefined : auditLog(audit, linesTo, files),
    readTrace: traces.enabled ? createReadTrace(traces.samplePercent) : undefined,
    showsTrace: traces.responseHeader,
    close: () => (closed ??= closeAll(files).then(() => standard.flush())),
  };
}

type WriteLine = (line: string) => void;

/** @throws ConfigError; the other files are closed then. */
function auditLog(
  audit: AuditConfig,
  linesTo: (to: LogDestination, path: KeyPath) => WriteLine,
  files: readonly LogFile[],
): Audit {
  try {
    return createAudit(linesTo(audit.to, ['audit', 'to']), audit, createCallerMembers(audit.subject));
  } catch (error) {
    void closeAll(files);
    throw error;
  }
}

async function closeAll(files: readonly LogFile[]): Promise<void> {
  await Promise.all(files.map((file) => file.close()));
}

function writerOf(lines: Pick<LineWriter, 'write'>): WriteLine {
  return (line) => {
    lines.write(line);
  };
}

function openFile(file: string, path: KeyPath, logger: Logger): LogFile {
  try {
    return openLogFile(file, (error) => {
      logger.error({ err: error, file }, 'Lines of a log were lost: the file cannot be written');
    });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ConfigError([{ path, message: `"${file}" cannot be written (${reason})` }], { cause });
  }
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
      // The whole line, as a card number may stand in the message of any error, or of its cause.
      hooks: { streamWrite: maskLine },
    },
    stream,
  );
}

function maskLine(line: string): string {
  return `${JSON.stringify(maskJson(JSON.parse(line) as Json))}\n`;
}
