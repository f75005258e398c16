import type { Secret } from './service-policy-config.ts';

/** How answers go out. */
export interface AnswersConfig {
  readonly compression: CompressionConfig;
  /** Missing: no script of another site reads anything. */
  readonly cors?: CorsConfig;
  /** Missing: a year with `tls`, otherwise none. */
  readonly hstsSeconds?: number;
  /** Of the cursors of lists that come page by page. */
  readonly cursorSecret?: Secret;
}

export interface CorsConfig {
  /** `https://app.bank.example`, or `*` alone. */
  readonly origins: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
  readonly exposedHeaders: readonly string[];
}

export interface CompressionConfig {
  /** Content codings that may be used, the preferred first (RFC 9110, 8.4.1; RFC 7932). None: nothing is compressed. */
  readonly codings: readonly ContentCoding[];
  /** Smaller bodies are not worth the work. */
  readonly minBytes: number;
}

export type ContentCoding = 'br' | 'gzip';
