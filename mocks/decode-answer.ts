import { Readable } from 'node:stream';
import {
  defaultLimits,
  parseMediaType,
  readPackage,
  type Decoded,
  type OperationCodec,
} from '../wsdl/index.ts';
import type { SoapAnswer } from './encode-answer.ts';

/** What an answer of the mock says, as its client reads it; undefined where there is nothing to read. @throws DecodeError */
export async function decodeAnswer(
  { output }: OperationCodec,
  { outcome, body, contentType }: SoapAnswer,
): Promise<Decoded | undefined> {
  if (output === undefined || outcome === 'accepted') return undefined;
  if (contentType === undefined) return output.decode(Buffer.from(body));
  const type = parseMediaType(contentType);
  const { envelope, attachments } = await readPackage(
    Readable.from([Buffer.from(body)]),
    type,
    defaultLimits,
  );
  return output.decode(envelope, { attachments });
}
