import { DecodeError, type DecodeOptions, type JsonValue, type OperationCodec } from '../../wsdl/index.ts';
import type { ReceivedMessage } from '../read-message.ts';
import { Refusal } from '../refusal.ts';
import { ContractBreach } from './contract-breach.ts';
import { locateRefusal } from './locate-refusal.ts';

/** Of operations that nothing else tells apart, the first whose input the request fits; the first of all if it fits none. */
export function fittingCodec(
  codecs: readonly [OperationCodec, ...OperationCodec[]],
  received: ReceivedMessage,
): OperationCodec {
  const [first, ...others] = codecs;
  if (others.length === 0) return first;
  return codecs.find((codec) => fits(codec, received)) ?? first;
}

function fits({ input }: OperationCodec, received: ReceivedMessage): boolean {
  try {
    return input.decode(received.envelope, optionsFor(received)).kind === 'message';
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

function optionsFor({ charset, attachments, packaging }: ReceivedMessage): DecodeOptions {
  return { ...(charset !== undefined && { charset }), ...(packaging && { attachments }) };
}

/** A request as JSON. @throws ContractBreach that says rule, line and XPath, DecodeError for what SOAP has a fault code of its own. */
export function decodeInput(codec: OperationCodec, received: ReceivedMessage): JsonValue {
  const decoded = decodeOrExplain(codec, received.envelope, optionsFor(received));
  if (decoded.kind === 'fault') throw new Refusal('Sender', 'a request cannot be a Fault');
  return JSON.parse(Buffer.from(decoded.json).toString('utf8')) as JsonValue;
}

function decodeOrExplain(
  { input, operation }: OperationCodec,
  envelope: Uint8Array,
  options: DecodeOptions,
): ReturnType<typeof input.decode> {
  try {
    return input.decode(envelope, options);
  } catch (error) {
    const isOurs =
      error instanceof DecodeError && !['must-understand', 'version-mismatch'].includes(error.code);
    if (!isOurs) throw error;
    const { code: rule, path, message } = error;
    const place = locateRefusal(input, envelope, options, error);
    throw new ContractBreach('Sender', `the request does not fit ${operation.id}`, [
      { rule, message: message.slice((path || '/').length + 2), ...place },
    ]);
  }
}
