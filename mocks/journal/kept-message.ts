import { maskJson } from '../../masking/index.ts';
import type { JsonValue, OperationCodec } from '../../wsdl/index.ts';
import { decodeText } from '../decode-text.ts';
import { maskXml } from './mask-xml.ts';

/** A message of the journal, without card numbers, IBANs and secrets. */
export interface JournalMessage {
  /** Of the whole message. */
  readonly bytes: number;
  /** The envelope or the MIME package as text; missing for a message too large to keep. */
  readonly xml?: string;
  /** The same as JSON, as far as the contract can read it. */
  readonly json?: JsonValue;
}

/** A message as it came or went. What is shown of it is made when somebody looks: most calls nobody looks at. */
export interface KeptMessage {
  readonly bytes: number;
  readonly body?: Uint8Array | string;
  readonly toJson: () => JsonValue | undefined;
}

/** Larger messages leave only their size. Part of one would be no use, and could end within a card number. */
const MOST_MESSAGE_BYTES = 256 * 1024;

export function keepMessage(body: Uint8Array | string, toJson: () => JsonValue | undefined): KeptMessage {
  const bytes = Buffer.byteLength(body);
  return bytes > MOST_MESSAGE_BYTES ? { bytes, toJson: () => undefined } : { bytes, body, toJson };
}

export function showMessage({ bytes, body, toJson }: KeptMessage): JournalMessage {
  if (body === undefined) return { bytes };
  const json = toJson();
  return {
    bytes,
    xml: maskXml(typeof body === 'string' ? body : decodeText(body)),
    ...(json !== undefined && { json: maskJson(json) as JsonValue }),
  };
}

/** An answer as the contract reads it: the output, or `fault` with what it says. Undefined for what the codec cannot read. */
export function readAnswer(
  codec: OperationCodec | undefined,
  body: Uint8Array | string,
): JsonValue | undefined {
  if (codec?.output === undefined || body.length === 0) return undefined;
  try {
    const decoded = codec.output.decode(Buffer.from(body));
    if (decoded.kind === 'message') return parse(decoded.json);
    const { category, reason, detail } = decoded.fault;
    return { fault: { category, reason, ...(detail && { name: detail.name, detail: parse(detail.json) }) } };
  } catch {
    // A MIME package, or an answer that was meant to be wrong: its text is shown all the same.
    return undefined;
  }
}

function parse(json: Uint8Array): JsonValue {
  return JSON.parse(Buffer.from(json).toString('utf8')) as JsonValue;
}
