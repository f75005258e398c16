import type { DiagnosticCode } from '../diagnostic.ts';

type LoadErrorCode = Extract<
  DiagnosticCode,
  'LOAD_NOT_FOUND' | 'LOAD_FORBIDDEN' | 'LOAD_LIMIT' | 'LOAD_FAILED' | 'XML_ENCODING'
>;

/** Why a document was not loaded; becomes a diagnostic at the place that asked for it. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly code: LoadErrorCode;

  constructor(code: LoadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
