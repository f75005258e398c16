import type { JsonValue, OperationCodec } from '../../wsdl/index.ts';
import { readMessage } from '../read-message.ts';
import type { Forwarded } from './forward.ts';
import type { Breach } from './proxy-exchange.ts';

/** An answer as the contract reads it. */
export type ServiceAnswer =
  | { readonly output: JsonValue }
  | {
      readonly fault: {
        /** Of a declared fault. */
        readonly name?: string;
        readonly detail?: JsonValue;
        readonly reason: string;
        readonly category: 'Sender' | 'Receiver';
      };
    };

export interface ReadReply {
  readonly answer?: ServiceAnswer;
  readonly breach?: Breach;
}

/** The answer of a service, or why it is none by the contract. Nothing of both for a request that nobody could read. */
export async function readReply(
  codec: OperationCodec | undefined,
  { body, contentType, status }: Forwarded,
): Promise<ReadReply> {
  if (codec === undefined) return {};
  if (codec.output === undefined)
    return status < 300 ? {} : breach(new Error(`HTTP ${status} to a one-way operation`));
  try {
    const { envelope, attachments, charset, packaging } = await readMessage(body, contentType);
    const decoded = codec.output.decode(envelope, {
      ...(charset !== undefined && { charset }),
      ...(packaging && { attachments }),
    });
    if (decoded.kind === 'message') return { answer: { output: parse(decoded.json) } };
    const { category, reason, detail } = decoded.fault;
    return {
      answer: {
        fault: {
          ...(detail && { name: detail.name, detail: parse(detail.json) }),
          reason,
          category: category === 'Sender' ? category : 'Receiver',
        },
      },
    };
  } catch (error) {
    return breach(error);
  }
}

function breach(error: unknown): ReadReply {
  return { breach: { direction: 'answer', error } };
}

function parse(json: Uint8Array): JsonValue {
  return JSON.parse(Buffer.from(json).toString('utf8')) as JsonValue;
}
