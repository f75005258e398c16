import type { Delivery } from '../../connectors/index.ts';
import { ProblemError } from '../http/problem.ts';
import type { BusOperation, CommandQueue } from './command-queue.ts';
import { peek } from './invalid-xml.ts';
import { headerOf } from './message-headers.ts';
import type { MessageForm } from './message-form.ts';

/**
 * The operation that a message asks for, by the first of these that says it: the header `operation`, which has to be right; the
 * property type; the routing key; the element in the Body; that the queue has only one. @throws ProblemError 400, 404
 */
export function findOperation(queue: CommandQueue, delivery: Delivery, form: MessageForm): BusOperation {
  const { operations } = queue;
  const { headers, type = '' } = delivery.properties;
  const named = headerOf(headers, 'operation');
  if (named !== undefined) return operations.get(named) ?? refuse(queue);
  return (
    operations.get(type) ??
    operations.get(delivery.routingKey) ??
    ofElement(queue, delivery.body, form) ??
    onlyOne(queue) ??
    refuse(queue)
  );
}

/** Where several begin with the same element, it says nothing. */
function ofElement(queue: CommandQueue, body: Uint8Array, form: MessageForm): BusOperation | undefined {
  if (form.kind !== 'xml') return undefined;
  const [only, ...others] = queue.byElement(peek(body, form.charset).element ?? '');
  return others.length === 0 ? only : undefined;
}

function onlyOne({ operations }: CommandQueue): BusOperation | undefined {
  const [only, ...others] = operations.values();
  return others.length === 0 ? only : undefined;
}

function refuse({ operations }: CommandQueue): never {
  const names = [...operations.keys()].map((name) => `"${name}"`).join(', ');
  throw new ProblemError('not-found', {
    detail: `The message names no operation that this queue takes. Name one by the property type or the header operation: ${names}.`,
  });
}
