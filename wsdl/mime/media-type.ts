/** A Content-Type field (RFC 2045, 5.1), e.g. `multipart/related; boundary="a b"; start="<root>"`. */
export interface MediaType {
  /** Lower case, without parameters; '' if there is none. */
  readonly name: string;
  /** Values without their quotes, by lower-case name; of a name given twice the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;

/** Reads what is there and passes over what is not a parameter: whether a parameter is needed is the caller's business. */
export function parseMediaType(field: string | undefined): MediaType {
  const text = field ?? '';
  const [name = ''] = text.split(';', 1);
  const parameters = new Map<string, string>();
  for (const [, key = '', quoted, token = ''] of text.slice(name.length).matchAll(PARAMETER)) {
    const parameter = key.toLowerCase();
    if (!parameters.has(parameter)) parameters.set(parameter, quoted?.replace(/\\(.)/g, '$1') ?? token);
  }
  return { name: name.trim().toLowerCase(), parameters };
}

/** `; name="value"` (RFC 2045, 5.1): quotes and backslashes escaped, line ends never written. */
export function mediaTypeParameter(name: string, value: string): string {
  return `; ${name}="${value.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
