import type { BusEvent } from '../bus/event-bus.ts';

export const CLOUD_EVENT_CONTENT_TYPE = 'application/cloudevents+json';

/**
 * CloudEvents 1.0 in structured JSON mode (JSON Event Format, 3): the event's own bytes stand in `data` as they are.
 * `requestid` is our extension attribute.
 */
export function encodeCloudEvent(event: BusEvent, source: string): Buffer {
  const attributes = JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source,
    type: event.event,
    subject: event.subject,
    time: event.time,
    datacontenttype: 'application/json',
    requestid: event.requestId,
  });
  return Buffer.concat([Buffer.from(`${attributes.slice(0, -1)},"data":`), event.data, Buffer.from('}')]);
}

/** @throws Error where the bytes are no CloudEvent with JSON data. */
export function decodeCloudEvent(bytes: Uint8Array): BusEvent {
  const envelope = parseExactly(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const { specversion, id, type, time, subject, requestid, data = null } = envelope;
  if (specversion !== '1.0') throw new Error('not a CloudEvent of version 1.0');
  if (typeof id !== 'string' || typeof type !== 'string') throw new Error('a CloudEvent without id or type');
  return {
    id,
    event: type,
    time: typeof time === 'string' ? time : new Date().toISOString(),
    ...(typeof subject === 'string' && { subject }),
    ...(typeof requestid === 'string' && { requestId: requestid }),
    data: Buffer.from(JSON.stringify(data)),
  };
}

/** Numbers keep their digits: those that are money must not pass through a double (JSON.rawJSON, ES2026). */
function parseExactly(text: string): Record<string, unknown> {
  const { rawJSON } = JSON as typeof JSON & { rawJSON: (text: string) => unknown };
  const keep = (_: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined ? rawJSON(context.source) : value;
  const parsed: unknown = JSON.parse(text, keep);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error('not a JSON object');
  return parsed as Record<string, unknown>;
}
