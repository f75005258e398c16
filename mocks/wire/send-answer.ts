import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SoapVersion } from '../../wsdl/index.ts';
import type { Answered } from '../call.ts';
import { VARIANT_HEADER } from '../sample/boundary-answerer.ts';
import { send } from '../send.ts';
import { breakAnswer, type HttpAnswer } from './break-answer.ts';
import { waited } from './waited.ts';

export const MEDIA_TYPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml',
  '1.2': 'application/soap+xml',
};

/** Sends an answer as it was asked to be sent: later, and with what is to go wrong. What never is answered is `held`. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, by, delivery = {} }: Answered,
  held: Set<ServerResponse>,
): Promise<void> {
  const { delayMilliseconds = 0, wire } = delivery;
  if (delayMilliseconds > 0 && !(await waited(response, delayMilliseconds))) return;
  const { status, soapVersion, contentType = `${MEDIA_TYPE[soapVersion]}; charset=utf-8`, body } = answer;
  const http: HttpAnswer = { status, contentType, body: Buffer.from(body) };
  if (wire !== undefined) return breakAnswer(wire, http, request, response, held);
  // An unread rest of the request would be taken for the next one.
  const closing: Record<string, string> = status === 413 ? { connection: 'close' } : {};
  const variant = by.kind === 'sample' && by.variant !== undefined ? { [VARIANT_HEADER]: by.variant } : {};
  send(response, status, contentType, http.body, { ...answer.headers, ...closing, ...variant });
}
