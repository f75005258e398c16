export type XmlErrorCode =
  'not-xml' | 'dtd-forbidden' | 'limit-exceeded' | 'unsupported-encoding' | 'cut-off';

/** Why bytes are not an XML document that is accepted here. Messages carry names, never values. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly code: XmlErrorCode;

  constructor(code: XmlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function notXml(message: string): never {
  throw new XmlError('not-xml', message);
}

export function limitExceeded(what: string, limit: number): never {
  throw new XmlError('limit-exceeded', `${what} (limit ${limit}); raise the limit if the sender is trusted`);
}

const LONGEST_NAME_SHOWN = 64;

/** A name for an error message or a path: what a hostile sender makes long is cut. */
export function shownName(name: string): string {
  return name.length > LONGEST_NAME_SHOWN ? `${name.slice(0, LONGEST_NAME_SHOWN)}...` : name;
}
