import type { SchemaObject } from '../schema/json-schema.ts';
import type { Route } from '../route.ts';

const text = (description: string): SchemaObject => ({ type: 'string', description });

const CORRELATION_ID = text(
  'The property correlation-id; the reply has the same. Without it the reply has the message-id.',
);

/**
 * What goes with a command besides its payload. Properties of AMQP (0-9-1, 1.6.1.8) stand among the headers, as AsyncAPI has no
 * other place for them.
 */
export function toCommandHeaders(route: Route, operation: string, identity: 'token' | 'queue'): SchemaObject {
  const isWrite = !(route.isSafe ?? route.method === 'GET');
  return {
    type: 'object',
    properties: {
      type: { type: 'string', const: operation, description: 'The property type: names the operation.' },
      messageId: text(
        isWrite
          ? 'The property message-id, at most 255 characters: a command that comes again with the same one is carried out once, and answered with the one answer.'
          : 'The property message-id.',
      ),
      correlationId: CORRELATION_ID,
      replyTo: text('The property reply-to: queue that the reply goes to. Without it there is none.'),
      expiration: text('The property expiration, in milliseconds: the command is not begun later.'),
      ...(identity === 'token' && { authorization: text('`Bearer <token>`, a signed JWT.') }),
      traceparent: text('W3C Trace Context: the trace that this continues.'),
    },
    required: [...(isWrite ? ['messageId'] : []), ...(identity === 'token' ? ['authorization'] : [])],
  };
}

/** The same for a reply. */
export function toReplyHeaders(): SchemaObject {
  return {
    type: 'object',
    properties: {
      correlationId: CORRELATION_ID,
      status: { type: 'integer', description: 'What the status would be over HTTP.' },
      code: text('Of a problem: its code.'),
      traceparent: text('W3C Trace Context: the span that answered.'),
    },
    required: ['correlationId', 'status'],
  };
}
