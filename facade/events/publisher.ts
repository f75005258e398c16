import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { BusEvent } from '../../connectors/index.ts';
import type { EventValue, RoutePublish } from '../../openapi/index.ts';
import { ValueError, type JsonValue } from '../../wsdl/index.ts';
import type { NewEvent } from '../commands/outbox-store.ts';
import { findClaim } from '../operations/claim.ts';
import { memberAt } from '../operations/member.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';
import { toXmlDocument } from './xml-document.ts';

/** A call that succeeded. */
export interface ToldCall {
  readonly operation: OperationRuntime;
  readonly principal: Principal;
  /** The whole input. */
  readonly input: JsonValue;
  /** JSON bytes of the output; empty where there is none. */
  readonly json: Uint8Array;
  readonly requestId: string;
}

/** Makes the events that calls publish. They are written down with the ending of their command, and leave from there. */
export interface Publisher {
  /** Undefined where the route publishes nothing. Never throws. */
  eventOf(call: ToldCall): NewEvent | undefined;
  /** One more has been written. */
  wake(): void;
}

const NOTHING: Uint8Array = Buffer.from('null');

export function createPublisher(logger: Pick<Logger, 'error'>, wake: () => void): Publisher {
  return {
    eventOf(call) {
      const { publish } = call.operation.route;
      return publish === undefined ? undefined : toEvent(publish, call, logger);
    },
    wake,
  };
}

function toEvent(publish: RoutePublish, call: ToldCall, logger: Pick<Logger, 'error'>): NewEvent {
  const id = randomUUID();
  const valueOf = createValueOf(call);
  const key = publish.key.map(valueOf);
  const subject = publish.subject && valueOf(publish.subject);
  const extensions = extensionsOf(publish, key[0], valueOf);
  const event: BusEvent = {
    id,
    event: publish.event,
    time: new Date().toISOString(),
    requestId: call.requestId,
    ...(subject !== undefined && { subject }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(publish.format === 'xml' ? xmlOf(call, id, logger) : jsonOf(call)),
  };
  // A value that is missing holds no events together.
  return { event, lane: key.length > 0 && !key.includes(undefined) ? JSON.stringify(key) : id };
}

type ValueOf = (value: EventValue) => string | undefined;

/** `partitionkey` is an extension that CloudEvents documents: what has the same is kept in order. */
function extensionsOf(
  { tellsKey, attributes }: RoutePublish,
  key: string | undefined,
  valueOf: ValueOf,
): Readonly<Record<string, string>> {
  const further = Object.entries(attributes).map(([name, value]) => [name, valueOf(value)] as const);
  const all = [...(tellsKey ? [['partitionkey', key] as const] : []), ...further];
  return Object.fromEntries(
    all.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
}

type EventData = Pick<BusEvent, 'data' | 'contentType' | 'dataSchema'>;

function jsonOf({ json }: ToldCall): EventData {
  return { data: json.length > 0 ? json : NOTHING };
}

/** The service has done its work: an event in the other format is better than none. */
function xmlOf(call: ToldCall, eventId: string, logger: Pick<Logger, 'error'>): EventData {
  const { output } = call.operation.codec;
  try {
    return output === undefined ? jsonOf(call) : toXmlDocument(output, parse(call.json));
  } catch (error) {
    const faults =
      error instanceof ValueError ? error.faults.map(({ pointer, code }) => `${pointer} ${code}`) : [];
    logger.error(
      { requestId: call.requestId, eventId, faults },
      'An event has JSON, as its XML could not be written',
    );
    return jsonOf(call);
  }
}

/** What a value of the event is, as text; undefined where it is missing or no scalar. The output is parsed once, if at all. */
function createValueOf({ principal, input, json }: ToldCall): ValueOf {
  let output: JsonValue | undefined;
  return (value) => {
    switch (value.from) {
      case 'token':
        return toText(findClaim(principal.claims, value.claim));
      case 'input':
        return toText(memberAt(input, value.path));
      case 'output':
        return toText(memberAt((output ??= parse(json)), value.path));
    }
  };
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function parse(json: Uint8Array): JsonValue {
  return json.length > 0 ? (JSON.parse(Buffer.from(json).toString()) as JsonValue) : null;
}
