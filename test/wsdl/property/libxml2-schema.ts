import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';

/** Schema documents of all validators alive, for libxml2 to import from. */
const documents: XmlBufferInputProvider = new XmlBufferInputProvider({});
xmlRegisterInputProvider(documents);

/**
 * Where libxml2 refuses what is valid: anyURI asks for no check (XSD 1.0 Part 2, 3.2.17), and -0 is 0 and 1.00 is 1.0 (3.2.3). And what
 * is taken on purpose: elements at a strict wildcard in a namespace of which no schema is there.
 */
const KNOWN_ERRORS: readonly RegExp[] = [
  /not a valid value of the atomic type 'xs:anyURI'/,
  /actual value '-0' does not match the fixed value constraint '0'/,
  /actual value '1.00' does not match the fixed value constraint '1.0'/,
  /Element '(?:\{urn:(?:ext|strange)\})?[stx]': No matching global element declaration available, but demanded by the strict wildcard/,
];

/** libxml2 as the second opinion on the body of a SOAP envelope. */
export interface SchemaJudge {
  /** What libxml2 has against the first element in soap:Body, as text; '' if it is valid. */
  reasonAgainst(envelope: Uint8Array): string;
  dispose(): void;
}

/**
 * @param schemas schema documents by the location under which they import one another; the first is the entry.
 * @throws XmlError with libxml2's reason if it does not accept them.
 */
export function judgeOf(schemas: Readonly<Record<string, string>>): SchemaJudge {
  const [entry = ''] = Object.keys(schemas);
  for (const [location, text] of Object.entries(schemas)) documents.addBuffer(location, Buffer.from(text));
  const schema = XmlDocument.fromString(schemas[entry] ?? '', { url: entry });
  try {
    const validator = XsdValidator.fromDoc(schema);
    return {
      reasonAgainst: (envelope) => reasonAgainst(validator, Buffer.from(envelope).toString()),
      dispose() {
        validator.dispose();
      },
    };
  } finally {
    schema.dispose();
    for (const location of Object.keys(schemas)) documents.removeBuffer(location);
  }
}

/** The element is judged as a document of its own, with the declarations of the envelope. */
function reasonAgainst(validator: XsdValidator, envelope: string): string {
  const declarations = /<soap:Envelope([^>]*)>/.exec(envelope)?.[1] ?? '';
  const body = /<soap:Body>(.*)<\/soap:Body>/s.exec(envelope)?.[1] ?? '';
  const document = XmlDocument.fromString(body.replace(/^<[^\s/>]+/, (start) => start + declarations));
  try {
    validator.validate(document);
    return '';
  } catch (error) {
    const { message } = error as Error;
    return KNOWN_ERRORS.some((error) => error.test(message)) ? '' : message;
  } finally {
    document.dispose();
  }
}
