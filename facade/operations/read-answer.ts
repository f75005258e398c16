import type { SoapReply } from '../../connectors/index.ts';
import { DecodeError, type SoapFault } from '../../wsdl/index.ts';
import { ByteSink } from './byte-sink.ts';
import type { OperationRuntime } from './operation-runtime.ts';

/** What a service answered. `json` are the bytes of the output's JSON; none for a one-way operation. */
export type Answer =
  | { readonly kind: 'message'; readonly json: Uint8Array }
  | { readonly kind: 'fault'; readonly fault: SoapFault };

const FIRST_ERROR_STATUS = 400;

/**
 * Feeds the SOAP bytes to the decoder as they come. Nothing leaves before the whole message is known to be good.
 * @throws DecodeError if the answer breaks its contract, ConnectorError if it is cut off or late.
 */
export async function readAnswer({ codec }: OperationRuntime, reply: SoapReply): Promise<Answer> {
  const sink = new ByteSink();
  if (codec.output === undefined) {
    await drain(reply.body);
    return { kind: 'message', json: sink.bytes() };
  }
  const decoder = codec.output.createDecoder(
    (json) => {
      sink.write(json);
    },
    reply.charset === undefined ? {} : { charset: reply.charset },
  );
  for await (const chunk of reply.body) decoder.write(chunk);
  const end = decoder.end();
  if (end.kind === 'fault') return end;
  assertSuccessStatus(reply.status);
  return { kind: 'message', json: sink.bytes() };
}

/** SOAP 1.1, 6.2: an error status comes with a Fault. A message under one contradicts itself, and may not be believed. */
function assertSuccessStatus(status: number): void {
  if (status < FIRST_ERROR_STATUS) return;
  throw new DecodeError(
    'not-soap',
    '/Envelope/Body',
    `the answer has HTTP status ${status} but no SOAP Fault`,
  );
}

/** Read to the end, so that the connection can be used again. */
async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  const chunks = body[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true);
}
