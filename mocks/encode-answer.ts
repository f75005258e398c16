import { createHash } from 'node:crypto';
import {
  ValueError,
  writePackage,
  type EncodedPackage,
  type JsonValue,
  type OperationCodec,
  type Packaging,
  type SoapVersion,
} from '../wsdl/index.ts';
import type { SoapCall } from './call.ts';
import { faultStatus } from './fault-envelope.ts';
import type { MockAnswer, MockFault } from './handlers.ts';
import { Refusal } from './refusal.ts';

export interface SoapAnswer {
  readonly status: number;
  readonly soapVersion: SoapVersion;
  /** Empty for one-way operations. */
  readonly body: string | Uint8Array;
  /** Of a MIME package; missing for a plain envelope. */
  readonly contentType?: string;
  /** Beside Content-Type, of a service behind a proxy. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly outcome: 'output' | 'fault' | 'accepted';
}

/** An answer in bytes. @throws Refusal if it breaks the contract. */
export function encodeAnswer(call: SoapCall, answer: MockAnswer): SoapAnswer {
  try {
    return encodeFitting(call, answer);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const { id } = call.operation;
    throw new Refusal('Receiver', `the answer of ${id} does not fit its contract: ${error.message}`);
  }
}

/** The same, for who knows what to do. @throws ValueError if it breaks the contract. */
export function encodeFitting({ codec, packaging }: SoapCall, answer: MockAnswer): SoapAnswer {
  if ('fault' in answer) return encodeFault(codec, answer.fault);
  return encodeOutput(codec, answer.output, packaging);
}

function encodeFault(
  codec: OperationCodec,
  { name, reason, value, category = 'Sender' }: MockFault,
): SoapAnswer {
  if (name !== undefined && !codec.operation.faults.some((declared) => declared.name === name)) {
    throw new Refusal(
      'Receiver',
      `the handler of ${codec.operation.id} answered the fault "${name}", which it does not declare`,
    );
  }
  const { soapVersion } = codec;
  const detail = name === undefined ? {} : { detail: { name, value: value ?? null } };
  return {
    status: faultStatus(soapVersion, category),
    soapVersion,
    body: codec.encodeFault({ category, reason, ...detail }),
    outcome: 'fault',
  };
}

/** Who sent MTOM gets MTOM; attachments of the contract's own go beside the envelope in any case. */
function encodeOutput(codec: OperationCodec, output: JsonValue, asked: Packaging | undefined): SoapAnswer {
  const { soapVersion } = codec;
  if (codec.output === undefined) return { status: 202, soapVersion, body: '', outcome: 'accepted' };
  const encoded = codec.output.encodePackage(output, asked === 'xop' ? { leastOctets: 0 } : {});
  const packaging = asked === 'xop' ? asked : encoded.packaging;
  const answer = { status: 200, soapVersion, outcome: 'output' } as const;
  if (packaging === undefined) return { ...answer, body: encoded.envelope };
  const { contentType, body } = writePackage({
    soapVersion,
    ...encoded,
    packaging,
    boundary: boundaryOf(encoded),
  });
  return { ...answer, contentType, body: body as Uint8Array };
}

/** The same content has the same boundary, and none can hold its own digest. */
function boundaryOf({ envelope, attachments }: EncodedPackage): string {
  const hash = createHash('sha256').update(envelope);
  for (const { content } of attachments) if (content instanceof Uint8Array) hash.update(content);
  return `portico-${hash.digest('hex').slice(0, 32)}`;
}
