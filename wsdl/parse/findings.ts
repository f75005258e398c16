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

  error(code: DiagnosticCode, at: SourcePoint | undefined, message: string): void {
    this.#add('error', code, at, message);
  }

  warn(code: DiagnosticCode, at: SourcePoint | undefined, message: string): void {
    this.#add('warning', code, at, message);
  }

  get diagnostics(): Diagnostic[] {
    return [...this.#kept];
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }

  #add(severity: Severity, code: DiagnosticCode, at: SourcePoint | undefined, message: string): void {
    if (this.#counts[severity] > MOST_OF_A_SEVERITY) return;
    const location = at?.location;
    const key = `${code} ${location?.uri ?? ''}:${location?.line ?? 0}:${location?.column ?? 0} ${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const more = ++this.#counts[severity] > MOST_OF_A_SEVERITY;
    const finding = { code, severity, message, ...(location && { location }) };
    this.#kept.push(
      more
        ? { ...finding, code: 'XML_LIMIT', message: `There are more; only ${MOST_OF_A_SEVERITY} are shown.` }
        : finding,
    );
  }
}
