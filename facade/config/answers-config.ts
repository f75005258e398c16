/** How answers go out. */
export interface AnswersConfig {
  readonly compression: CompressionConfig;
}

export interface CompressionConfig {
  /** Content codings that may be used, the preferred first (RFC 9110, 8.4.1; RFC 7932). None: nothing is compressed. */
  readonly codings: readonly ContentCoding[];
  /** Smaller bodies are not worth the work. */
  readonly minBytes: number;
}

export type ContentCoding = 'br' | 'gzip';
