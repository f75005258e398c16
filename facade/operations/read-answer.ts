import type { SoapReply } from '../../connectors/index.ts';
import {
  DecodeError,
  defaultLimits,
  readPackage,
  type DecodeOptions,
  type Decoded,
  type MediaType,
  type MessageCodec,
  type OperationCodec,
  type SoapFault,
} from '../../wsdl/index.ts';
import { binaryAnswer, openBinaryAnswer, type BinaryAnswer } from './binary-answer.ts';
import { gather } from './gather.ts';
import type { CallContext, OperationRuntime } from './operation-runtime.ts';
import { release } from './release.ts';
import { translate } from './translate.ts';

/** What a service answered. `json` are the bytes of the output's JSON; none for a one-way operation. */
export type Answer =
  | { readonly kind: 'message'; readonly json: Uint8Array }
  /** A message too large to hold, as it is translated. Reading it fails where the rest is not what the beginning promised. */
  | { readonly kind: 'stream'; readonly json: AsyncGenerator<Uint8Array, void> }
  /** What was asked for is the content of one member. */
  | BinaryAnswer
  | { readonly kind: 'fault'; readonly fault: SoapFault };

/** A SOAP answer of at most this many bytes is read whole before anything of it is passed on. */
export const WHOLE_BYTES: number = 64 * 1024;

const FIRST_ERROR_STATUS = 400;
const NOTHING = new Uint8Array();

/**
 * The answer, whole: nothing leaves before all of it is known to be good. If it is large and `mayStream`, it is only begun.
 * A promise only if bytes are still to come. @throws DecodeError if the answer breaks its contract, ConnectorError if it is cut
 * off or late.
 */
export function readAnswer(
  operation: OperationRuntime,
  reply: SoapReply,
  { mayStream = false, binaryMember }: Pick<CallContext, 'mayStream' | 'binaryMember'>,
): Answer | Promise<Answer> {
  if (binaryMember !== undefined) return readBinaryMember(operation, reply, binaryMember);
  const { output } = operation.codec;
  const whole = reply.multipart === undefined ? reply.whole : undefined;
  if (whole !== undefined && output !== undefined) return decode(output, reply, whole);
  return readMessage(operation, reply, mayStream);
}

async function readBinaryMember(
  operation: OperationRuntime,
  reply: SoapReply,
  binaryMember: readonly string[],
): Promise<Answer> {
  const { operation: declared, output } = operation.codec;
  if (reply.multipart !== undefined && output !== undefined) {
    const opened = await openBinaryAnswer(output, declared, reply.body, reply.multipart, binaryMember);
    if (opened.kind === 'binary') assertSuccessStatus(reply.status);
    return opened;
  }
  const answer = await readMessage(operation, reply, false);
  return answer.kind === 'message' ? binaryAnswer(answer.json, binaryMember) : answer;
}

async function readMessage(
  { codec }: OperationRuntime,
  reply: SoapReply,
  mayStream: boolean,
): Promise<Answer> {
  const { output } = codec;
  if (output === undefined) return readOneWay(codec, reply);
  if (reply.multipart !== undefined) return decodePackage(output, reply, reply.multipart);
  if (reply.whole !== undefined) return decode(output, reply, reply.whole);
  const chunks = reply.body[Symbol.asyncIterator]();
  const { bytes, isAll } = await gather(chunks, WHOLE_BYTES);
  if (isAll) return decodeOwn(output, reply, bytes);
  const json = translate(output, optionsOf(reply), bytes, chunks);
  if (mayStream && reply.status < FIRST_ERROR_STATUS) return beginStream(json);
  return readStream(json, reply.status);
}

/**
 * A success is one, whatever comes with it; a service that refuses the message all the same says so by a Fault (SOAP 1.1, 6.2).
 * It declares none, and any decoder of the operation reads those.
 */
async function readOneWay({ input }: OperationCodec, reply: SoapReply): Promise<Answer> {
  if (reply.status >= FIRST_ERROR_STATUS && reply.multipart === undefined)
    return decode(input, reply, reply.whole ?? (await wholeOf(reply.body)));
  if (reply.whole === undefined) await drain(reply.body);
  assertSuccessStatus(reply.status);
  return { kind: 'message', json: NOTHING };
}

async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  const { bytes, isAll } = await gather(chunks, WHOLE_BYTES);
  if (isAll) return bytes;
  await chunks.return?.();
  throw new DecodeError('limit-exceeded', '/Envelope', 'the answer to a one-way message is too large');
}

async function decodePackage(output: MessageCodec, reply: SoapReply, type: MediaType): Promise<Decoded> {
  const { envelope, charset, attachments } = await readPackage(reply.body, type, defaultLimits);
  const decoded = output.decode(envelope, { attachments, ...(charset !== undefined && { charset }) });
  if (decoded.kind === 'message') assertSuccessStatus(reply.status);
  return decoded;
}

function decodeOwn(output: MessageCodec, reply: SoapReply, bytes: Uint8Array): Decoded {
  const decoded = decode(output, reply, bytes);
  release(bytes);
  return decoded;
}

function decode(output: MessageCodec, reply: SoapReply, bytes: Uint8Array): Decoded {
  const decoded = output.decode(bytes, optionsOf(reply));
  reply.release?.();
  if (decoded.kind === 'message') assertSuccessStatus(reply.status);
  return decoded;
}

/** Once JSON has come it cannot be a fault any more. */
async function beginStream(json: ReturnType<typeof translate>): Promise<Answer> {
  const first = await json.next();
  if (first.done) return first.value ?? { kind: 'message', json: NOTHING };
  return { kind: 'stream', json: continued(first.value, json) };
}

async function* continued(
  first: Uint8Array,
  rest: ReturnType<typeof translate>,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function readStream(json: ReturnType<typeof translate>, status: number): Promise<Answer> {
  const runs: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await json.next();
    if (!done) runs.push(value);
    else if (value !== undefined) return value;
    else break;
  }
  assertSuccessStatus(status);
  return { kind: 'message', json: Buffer.concat(runs) };
}

function optionsOf({ charset, understood }: SoapReply): DecodeOptions {
  if (charset === undefined && understood === undefined) return NO_OPTIONS;
  return { ...(charset !== undefined && { charset }), ...(understood && { understood }) };
}

const NO_OPTIONS: DecodeOptions = {};

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
