import { XmlParseError } from 'libxml2-wasm';
import { ConnectorError, type SoapReply, type SoapRequest } from '../../connector.ts';
import { checkAnswer, type AnswerChecks } from './check-answer.ts';
import { VerificationError } from './verification-error.ts';

export interface ReplyChecks extends AnswerChecks {
  /** Where the answer comes from, for messages. */
  readonly shown: string;
  /** Of the whole answer, which is read before anything of it is passed on. */
  readonly maxBytes: number;
}

const FIRST_ERROR_STATUS = 400;

/** The answer, if it is what it must be. @throws ConnectorError NOT_VERIFIED if not, TOO_LARGE, or why it could not be read. */
export async function verifyReply(
  reply: SoapReply,
  { isOneWay }: SoapRequest,
  checks: ReplyChecks,
): Promise<SoapReply> {
  // What comes with the success of a one-way message is not looked at.
  if (isOneWay && reply.status < FIRST_ERROR_STATUS) return reply;
  const answer = await wholeOf(reply, checks);
  if (reply.multipart !== undefined)
    throw unverified(checks, 'it has attachments, which a signature does not cover');
  if (reply.charset !== undefined && !/^(utf-8|us-ascii)$/.test(reply.charset))
    throw unverified(checks, 'its charset is not UTF-8');
  const whole = checked(answer, checks);
  return { ...headOf(reply), body: once(whole), whole };
}

function checked(answer: Uint8Array, checks: ReplyChecks): Uint8Array {
  try {
    return checkAnswer(answer, checks);
  } catch (error) {
    if (error instanceof VerificationError) throw unverified(checks, error.message, error);
    // Its message quotes the document.
    if (error instanceof XmlParseError) throw unverified(checks, 'it is no well-formed XML');
    throw error;
  }
}

function unverified({ shown }: ReplyChecks, reason: string, cause?: unknown): ConnectorError {
  const message = `${shown}: the answer is not believed: ${reason}`;
  return new ConnectorError('NOT_VERIFIED', message, { mayHaveBeenSent: true, cause });
}

function headOf({ status, charset }: SoapReply): Pick<SoapReply, 'status' | 'charset'> {
  return { status, ...(charset !== undefined && { charset }) };
}

async function wholeOf({ whole, body }: SoapReply, { shown, maxBytes }: ReplyChecks): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of whole === undefined ? body : once(whole)) {
    length += chunk.length;
    if (length > maxBytes) {
      const message = `${shown}: an answer that is to be checked may have ${maxBytes} bytes, and this one has more`;
      throw new ConnectorError('TOO_LARGE', message, { mayHaveBeenSent: true });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
