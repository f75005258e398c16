import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SoapVersion } from '../../wsdl/index.ts';
import type { Answered } from '../call.ts';
import { send } from '../send.ts';

const MEDIA_TYPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml',
  '1.2': 'application/soap+xml',
};

/** Sends an answer as it was asked to be sent. */
export async function sendAnswer(
  _request: IncomingMessage,
  response: ServerResponse,
  { answer }: Answered,
): Promise<void> {
  const { status, soapVersion, contentType = `${MEDIA_TYPE[soapVersion]}; charset=utf-8`, body } = answer;
  // An unread rest of the request would be taken for the next one.
  const headers: Record<string, string> = status === 413 ? { connection: 'close' } : {};
  send(response, status, contentType, body, headers);
}
