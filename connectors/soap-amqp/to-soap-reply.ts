import type { Delivery } from '../bus/message.ts';
import type { SoapReply } from '../connector.ts';
import { describeReplyType, isSoap } from '../soap-http/content-type.ts';
import type { Exchange } from '../soap-http/exchange.ts';
import type { ReplyLimits } from '../soap-http/soap-call.ts';

const OK = 200;

/** A message in answer to a request. @throws ConnectorError NOT_SOAP, TOO_LARGE */
export function toSoapReply(
  { properties, body }: Delivery,
  exchange: Exchange,
  limits: ReplyLimits,
): SoapReply {
  const { contentType, multipart } = describeReplyType(properties.contentType);
  const { contentEncoding = '' } = properties;
  if (contentEncoding !== '' && contentEncoding !== 'identity' && contentEncoding !== 'utf-8')
    throw exchange.error(
      'NOT_SOAP',
      `answered in content encoding "${visible(contentEncoding)}", which is not supported`,
    );
  if (!isSoap(contentType) && multipart === undefined)
    throw exchange.error('NOT_SOAP', `answered with ${shownType(contentType.mediaType)} instead of SOAP`);
  const most = multipart === undefined ? limits.maxBytes : limits.maxPackageBytes;
  if (body.length > most) throw exchange.error('TOO_LARGE', `the answer is larger than ${most} bytes`);
  return {
    status: OK,
    ...(contentType.charset !== undefined && { charset: contentType.charset }),
    ...(multipart && { multipart }),
    whole: body,
    body: once(body),
  };
}

/** To a one-way message no answer is expected. */
export function emptyReply(): SoapReply {
  return { status: OK, body: once() };
}

async function* once(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function shownType(mediaType: string): string {
  return mediaType === '' ? 'a message without content type' : visible(mediaType);
}

function visible(text: string): string {
  return text.slice(0, 100).replace(/[^\x21-\x7e]/g, '?');
}
