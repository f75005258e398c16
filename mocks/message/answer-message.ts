import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from '../endpoint.ts';
import type { Journal } from '../journal/journal.ts';
import type { SoapAnswer } from '../encode-answer.ts';
import type { SoapExchange } from '../soap-exchange.ts';
import { spoilt } from '../wire/break-answer.ts';
import { MEDIA_TYPE } from '../wire/send-answer.ts';
import type { WireFault } from '../wire/wire-fault.ts';
import type { MockMessage, MockReply } from './mock-message.ts';

/** A message on its way through the mock: by the same rules as a request over HTTP, and into the same journal. */
export async function answerMessage(
  { exchange, journal }: { readonly exchange: SoapExchange; readonly journal: Journal },
  endpoint: Endpoint,
  { body, contentType, headers = {} }: MockMessage,
): Promise<MockReply> {
  const fields = toFields(headers, contentType);
  const exchanged = await exchange(endpoint, body, fields);
  journal.add({ endpoint, headers: fields, body, exchanged });
  const { answer, delivery = {} } = exchanged;
  const { delayMilliseconds = 0, wire } = delivery;
  return { delayMilliseconds, ...replyOf(answer, wire) };
}

function toFields(
  headers: Readonly<Record<string, unknown>>,
  contentType: string | undefined,
): IncomingHttpHeaders {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (typeof value === 'string') fields[name.toLowerCase()] = value;
  return { ...fields, ...(contentType !== undefined && { 'content-type': contentType }) };
}

/** What breaks a connection loses a message; what spoils a body spoils that of a message. One-way operations are not answered. */
function replyOf(answer: SoapAnswer, wire: WireFault | undefined): Omit<MockReply, 'delayMilliseconds'> {
  const { soapVersion, contentType = `${MEDIA_TYPE[soapVersion]}; charset=utf-8`, outcome } = answer;
  const whole = { contentType, body: Buffer.from(answer.body), copies: outcome === 'accepted' ? 0 : 1 };
  if (wire === undefined) return whole;
  switch (wire.kind) {
    case 'none':
    case 'reset':
    case 'no-http':
      return { ...whole, copies: 0 };
    case 'duplicate':
      return { ...whole, copies: 2 * whole.copies };
    case 'stale':
    case 'status':
    case 'drip':
      return whole;
    case 'truncate':
    case 'garbage':
    case 'content-type':
    case 'html':
    case 'huge':
    case 'empty':
      return { ...whole, ...spoilt(wire, whole) };
  }
}
