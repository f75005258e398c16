import { defaultLimits } from '../limits.ts';
import { qnameKey, SOAP_ENVELOPE_NAMESPACE, type QNameKey, type SoapVersion } from '../qname.ts';
import { detectEncoding } from '../xml/encoding.ts';
import type { ExpandedName } from '../xml/names.ts';
import { XmlError } from '../xml/xml-error.ts';
import type { XmlHandler } from '../xml/xml-handler.ts';
import { XmlReader } from '../xml/xml-reader.ts';
import { DecodeError } from './codec.ts';

/** What a document begins with. `element` is what stands in soap:Body, or alone; missing for an empty Body. */
export interface PeekedMessage {
  readonly kind: 'envelope' | 'element';
  readonly element?: QNameKey;
}

/** Bytes that are read at a time: the name stands near the beginning. */
const STEP = 4096;

/**
 * Reads a document up to the name by which its operation is found, and no further: all else that may be wrong with it is left to
 * the decoder. @param charset from the content type. @throws DecodeError
 */
export function peekMessage(bytes: Uint8Array, charset?: string): PeekedMessage {
  const finder = new NameFinder();
  const reader = new XmlReader(finder, { limits: defaultLimits, charset });
  try {
    for (let at = 0; at < bytes.length && finder.found === undefined; at += STEP)
      reader.write(bytes.subarray(at, at + STEP));
    if (finder.found === undefined) reader.end();
  } catch (error) {
    if (error instanceof XmlError) throw new DecodeError(error.code, '', error.message);
    throw error;
  }
  return finder.found ?? { kind: 'envelope' };
}

/** @throws DecodeError for bytes that are not of the encoding that they say. */
export function wrapElement(bytes: Uint8Array, soapVersion: SoapVersion, charset?: string): Uint8Array {
  const namespace = SOAP_ENVELOPE_NAMESPACE[soapVersion];
  const element = textOf(bytes, charset).replace(/^<\?xml\s[^>]*\?>/, '');
  return Buffer.from(
    `<soap:Envelope xmlns:soap="${namespace}"><soap:Body>${element}</soap:Body></soap:Envelope>`,
  );
}

function textOf(bytes: Uint8Array, charset: string | undefined): string {
  try {
    const { label, skip } = detectEncoding(bytes, charset, true)!;
    return new TextDecoder(label, { fatal: true }).decode(bytes.subarray(skip));
  } catch (error) {
    if (error instanceof XmlError) throw new DecodeError(error.code, '', error.message);
    throw new DecodeError('unsupported-encoding', '', 'the bytes are not of the encoding that they say');
  }
}

const ENVELOPES: ReadonlySet<string> = new Set(
  Object.values(SOAP_ENVELOPE_NAMESPACE).map((namespace) => qnameKey(namespace, 'Envelope')),
);

class NameFinder implements XmlHandler {
  found: PeekedMessage | undefined;
  #body: QNameKey | undefined;
  #depth = 0;
  #isInBody = false;

  startElement({ key, namespace }: ExpandedName): void {
    if (this.found !== undefined) return;
    if (this.#isInBody) this.found = { kind: 'envelope', element: key };
    else if (this.#depth === 0) this.#startRoot(key, namespace);
    else if (this.#depth === 1) this.#isInBody = key === this.#body;
    this.#depth += 1;
  }

  text(): void {
    // Names alone matter.
  }

  endElement(): void {
    this.#depth -= 1;
    if (this.#isInBody) this.found ??= { kind: 'envelope' };
  }

  #startRoot(key: QNameKey, namespace: string): void {
    if (ENVELOPES.has(key)) this.#body = qnameKey(namespace, 'Body');
    else this.found = { kind: 'element', element: key };
  }
}
