import type { Diagnostic, DiagnosticCode, SourceLocation } from '../diagnostic.ts';

/** Anything that stands somewhere in a source document. */
export interface SourcePoint {
  readonly location: SourceLocation;
}

type Severity = Diagnostic['severity'];

/** A hostile document must not fill memory with findings about it. */
const MOST_OF_A_SEVERITY = 1000;

/** Collects diagnostics over all phases; the same finding at the same place is kept once. */
export class Findings {
  readonly #kept: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  readonly #counts = { error: 0, warning: 0 };
  /** Whether what real contracts break, and can be used all the same, is no error. */
  readonly isLenient: boolean;

  constructor({ lenient = false }: { readonly lenient?: boolean | undefined } = {}) {
    this.isLenient = lenient;
  }

  error(code: DiagnosticCode, at: SourcePoint | undefined, message: string): void {
    this.#add('error', code, at, message);
  }

  warn(code: DiagnosticCode, at: SourcePoint | undefined, message: string): void {
    this.#add('warning', code, at, message);
  }

  /**
   * A breach that lenient mode takes: a warning there, an error elsewhere.
   *
   * @param taken what becomes of it, as the rest of "It is taken ...": `as content of any kind`.
   */
  tolerate(code: DiagnosticCode, at: SourcePoint | undefined, message: string, taken: string): void {
    if (this.isLenient) this.#add('warning', code, at, `${message} It is taken ${taken}.`, taken);
    else this.#add('error', code, at, message, taken);
  }

  get diagnostics(): Diagnostic[] {
    return [...this.#kept];
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }

  #add(
    severity: Severity,
    code: DiagnosticCode,
    at: SourcePoint | undefined,
    message: string,
    lenient?: string,
  ): void {
    if (this.#counts[severity] > MOST_OF_A_SEVERITY) return;
    const location = at?.location;
    const key = `${code} ${location?.uri ?? ''}:${location?.line ?? 0}:${location?.column ?? 0} ${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const more = ++this.#counts[severity] > MOST_OF_A_SEVERITY;
    const finding = {
      code,
      severity,
      message,
      ...(location && { location }),
      ...(lenient !== undefined && { lenient }),
    };
    this.#kept.push(
      more
        ? { ...finding, code: 'XML_LIMIT', message: `There are more; only ${MOST_OF_A_SEVERITY} are shown.` }
        : finding,
    );
  }
}
