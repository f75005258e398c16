/** Where in a source document; line and column count from 1. */
export interface SourceLocation {
  readonly uri: string;
  readonly line: number;
  readonly column: number;
}

/** A finding about a document: collected, not thrown one by one. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  /** What is wrong and what to do, one sentence each. */
  readonly message: string;
  readonly location?: SourceLocation;
  /** Of an error that `CompileOptions.lenient` makes a warning, and of that warning: what is taken instead, e.g. `as content of any kind`. */
  readonly lenient?: string;
}

export type DiagnosticCode =
  | 'LOAD_NOT_FOUND'
  | 'LOAD_FORBIDDEN'
  | 'LOAD_LIMIT'
  | 'LOAD_FAILED'
  | 'XML_NOT_WELL_FORMED'
  | 'XML_DTD_FORBIDDEN'
  | 'XML_UNBOUND_PREFIX'
  | 'XML_LIMIT'
  | 'XML_ENCODING'
  | 'WSDL_NOT_A_WSDL'
  | 'WSDL_VERSION'
  | 'WSDL_NO_SOAP_BINDING'
  | 'WSDL_MISSING_ATTRIBUTE'
  | 'WSDL_UNKNOWN_MESSAGE'
  | 'WSDL_UNKNOWN_PART'
  | 'WSDL_UNKNOWN_PORT_TYPE'
  | 'WSDL_UNKNOWN_BINDING'
  | 'WSDL_UNKNOWN_OPERATION'
  | 'WSDL_UNKNOWN_ELEMENT'
  | 'WSDL_UNKNOWN_TYPE'
  | 'WSDL_UNSUPPORTED'
  | 'XSD_INVALID'
  | 'XSD_DUPLICATE'
  | 'XSD_UNKNOWN_TYPE'
  | 'XSD_UNKNOWN_ELEMENT'
  | 'XSD_UNKNOWN_ATTRIBUTE'
  | 'XSD_UNKNOWN_GROUP'
  | 'XSD_CIRCULAR'
  | 'XSD_UNSUPPORTED';

/** `core-banking.wsdl:42:7 error WSDL_UNKNOWN_TYPE: ... did you mean "tns:Account"?` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { location, severity, code, message } = diagnostic;
  const at = location ? `${location.uri}:${location.line}:${location.column} ` : '';
  return `${at}${severity} ${code}: ${message}`;
}

/** Thrown by `loadContract` when at least one diagnostic is an error. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join('\n'));
    this.diagnostics = diagnostics;
  }
}
