export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** `stdout`, `off`, or a file. */
export type LogDestination = string;

/** How a log names the subject of a token. */
export type ShownSubject = 'hash' | 'plain' | 'off';

export interface LogConfig {
  readonly level: LogLevel;
  /** Of the lines of requests. */
  readonly access: LogDestination;
  readonly subject: ShownSubject;
}

export interface AuditConfig {
  readonly to: LogDestination;
  readonly subject: ShownSubject;
  readonly operations: 'all' | 'writes';
  /** Whether the input is written down. */
  readonly payload: boolean;
}

export interface MetricsConfig {
  /** Missing: no port of its own. */
  readonly port?: number;
  readonly host: string;
  /** Whether they are served at the port of the API. */
  readonly public: boolean;
}

export interface TracesConfig {
  readonly enabled: boolean;
  readonly samplePercent: number;
  readonly responseHeader: boolean;
}
