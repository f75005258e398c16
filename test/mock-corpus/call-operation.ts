import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  compileCodec,
  defaultLimits,
  isPackage,
  parseMediaType,
  readPackage,
  sampleMessage,
  writePackage,
  type Binding,
  type Contract,
  type JsonValue,
  type MessageCodec,
  type Operation,
  type OperationCodec,
} from '../../wsdl/index.ts';

/** An operation at a port of a mock. */
export interface Target {
  readonly service: string;
  readonly port: string;
  readonly binding: Binding;
  readonly operation: Operation;
  readonly url: string;
}

export interface Answer {
  readonly status: number;
  /** Of the body as it came. */
  readonly digest: string;
  readonly text: string;
  /** With all content in it; missing for an answer without a body. */
  readonly envelope?: Uint8Array;
}

/** Posts a sample request as a SOAP client of the binding's version does. @throws Error if no answer comes. */
export async function callOperation(contract: Contract, target: Target): Promise<Answer> {
  const { service, port, operation } = target;
  const codec = compileCodec(contract, { service, port, operation: operation.id });
  const input = sampleMessage(contract, operation.input, { seed: 1 });
  const { body, headers } = toRequest(codec, input);
  const response = await fetch(target.url, { method: 'POST', body, headers });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const contentType = response.headers.get('content-type') ?? undefined;
  return {
    status: response.status,
    digest: createHash('sha256').update(bytes).digest('hex'),
    text: Buffer.from(bytes).toString('utf8'),
    ...(bytes.length > 0 && { envelope: await envelopeOf(codec, bytes, contentType) }),
  };
}

function toRequest(
  { input, operation, soapVersion }: OperationCodec,
  value: JsonValue,
): { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> } {
  const encoded = input.encodePackage(value);
  const action: Record<string, string> =
    soapVersion === '1.1' ? { soapaction: `"${operation.soapAction}"` } : {};
  if (encoded.packaging !== undefined) {
    const { contentType, body } = writePackage({ soapVersion, ...encoded, packaging: encoded.packaging });
    return { body: Buffer.from(body as Uint8Array), headers: { 'content-type': contentType, ...action } };
  }
  const type =
    soapVersion === '1.1'
      ? 'text/xml; charset=utf-8'
      : `application/soap+xml; charset=utf-8; action="${operation.soapAction}"`;
  return { body: Buffer.from(encoded.envelope), headers: { 'content-type': type, ...action } };
}

async function envelopeOf(
  { output }: OperationCodec,
  bytes: Uint8Array,
  contentType: string | undefined,
): Promise<Uint8Array> {
  const type = parseMediaType(contentType);
  if (!isPackage(type)) return bytes;
  const { envelope, attachments, packaging } = await readPackage(Readable.from([bytes]), type, defaultLimits);
  return packaging === 'xop' ? inlined(output!, envelope, attachments) : envelope;
}

function inlined(
  output: MessageCodec,
  envelope: Uint8Array,
  attachments: Awaited<ReturnType<typeof readPackage>>['attachments'],
): Uint8Array {
  const decoded = output.decode(envelope, { attachments });
  if (decoded.kind === 'fault') return envelope;
  return output.encode(JSON.parse(Buffer.from(decoded.json).toString('utf8')) as JsonValue);
}
