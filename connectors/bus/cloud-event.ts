import type { BusEvent } from './event-bus.ts';

/** CloudEvents `source` where nothing else is said. */
export const EVENT_SOURCE = '/portico';

export const CLOUD_EVENT_CONTENT_TYPE = 'application/cloudevents+json';

const JSON_TYPE = 'application/json';
/** RFC 8259 and RFC 6839, 3.1. */
const IS_JSON = /^(?:[^/;]+\/(?:[^;]*\+)?json)\s*(?:;|$)/i;

/** Attributes of CloudEvents 1.0 and our own extension, which no event may name as its own. */
const KNOWN: ReadonlySet<string> = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'requestid',
  'data',
  'data_base64',
]);

/** CloudEvents 1.0.2, 3.1: names of attributes. */
export function isExtensionName(name: string): boolean {
  return /^[a-z0-9]{1,20}$/.test(name) && !KNOWN.has(name);
}

/**
 * CloudEvents 1.0 in structured JSON mode (JSON Event Format, 3): the event's own bytes stand in `data` as they are, or as a
 * string if they are no JSON. `requestid` is our extension attribute.
 */
export function encodeCloudEvent(event: BusEvent, source: string): Buffer {
  const { contentType = JSON_TYPE, data } = event;
  const attributes = JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: event.source ?? source,
    type: event.event,
    subject: event.subject,
    time: event.time,
    datacontenttype: contentType,
    dataschema: event.dataSchema,
    requestid: event.requestId,
    ...event.extensions,
  });
  const written = IS_JSON.test(contentType)
    ? data
    : Buffer.from(JSON.stringify(Buffer.from(data).toString()));
  return Buffer.concat([Buffer.from(`${attributes.slice(0, -1)},"data":`), written, Buffer.from('}')]);
}

/** @throws Error where the bytes are no CloudEvent. */
export function decodeCloudEvent(bytes: Uint8Array): BusEvent {
  const envelope = parseExactly(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const { specversion, id, type, time } = envelope;
  if (specversion !== '1.0') throw new Error('not a CloudEvent of version 1.0');
  if (typeof id !== 'string' || typeof type !== 'string') throw new Error('a CloudEvent without id or type');
  const contentType = textOf(envelope, 'datacontenttype');
  return {
    id,
    event: type,
    time: typeof time === 'string' ? time : new Date().toISOString(),
    ...optional('source', textOf(envelope, 'source')),
    ...optional('subject', textOf(envelope, 'subject')),
    ...optional('requestId', textOf(envelope, 'requestid')),
    ...(contentType !== undefined && contentType !== JSON_TYPE && { contentType }),
    ...optional('dataSchema', textOf(envelope, 'dataschema')),
    ...optional('extensions', extensionsOf(envelope)),
    data: dataOf(envelope, contentType ?? JSON_TYPE),
  };
}

/** JSON Event Format, 3.1: JSON as it is, text as a string, other bytes as base64. */
function dataOf({ data = null, data_base64 }: Record<string, unknown>, contentType: string): Buffer {
  if (typeof data_base64 === 'string') return Buffer.from(data_base64, 'base64');
  if (typeof data === 'string' && !IS_JSON.test(contentType)) return Buffer.from(data);
  return Buffer.from(JSON.stringify(data));
}

function extensionsOf(envelope: Record<string, unknown>): Record<string, string> | undefined {
  const extensions = Object.entries(envelope).filter(
    (entry): entry is [string, string] => isExtensionName(entry[0]) && typeof entry[1] === 'string',
  );
  return extensions.length > 0 ? Object.fromEntries(extensions) : undefined;
}

function textOf(envelope: Record<string, unknown>, name: string): string | undefined {
  const value = envelope[name];
  return typeof value === 'string' ? value : undefined;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
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
