import type { Logger } from 'pino';
import type { Delivery, MessageBus, MessageProperties } from '../../connectors/index.ts';
import type { Trace } from '../trace/trace.ts';
import { toTraceparent } from '../trace/trace.ts';
import type { ReplyContent } from './reply-form.ts';

/** A reply on its way. */
export interface Reply extends ReplyContent {
  readonly status: number;
  readonly code?: string | undefined;
  /** Of the command's first attempt; this is that answer once more. */
  readonly isReplay: boolean;
  readonly trace: Trace | undefined;
  readonly requestId: string;
}

/** `none`: nobody asked for one. `returned`: nobody waits for it any more. */
export type ReplyOutcome = 'none' | 'confirmed' | 'returned';

/** How long the broker has to confirm a reply. */
const CONFIRM_MS = 10_000;

/**
 * Sends a reply to where the command says, and waits until it lies safely there. @throws Error where that is not known: the
 * command then comes again, and its reply with it.
 */
export async function sendReply(
  bus: MessageBus,
  { properties, queue }: Delivery,
  reply: Reply,
  logger: Logger,
): Promise<ReplyOutcome> {
  const { replyTo } = properties;
  if (replyTo === undefined || replyTo === '') return 'none';
  const outcome = await bus.publish({
    exchange: '',
    routingKey: replyTo,
    properties: propertiesOf(properties, reply),
    body: reply.body,
    deadline: Date.now() + CONFIRM_MS,
  });
  if (outcome.kind === 'confirmed') return 'confirmed';
  if (outcome.kind !== 'returned') throw new Error(`the reply is not confirmed: ${outcome.reason}`);
  logger.warn({ requestId: reply.requestId, queue }, 'A reply came back: its queue is gone');
  return 'returned';
}

/** No message-id: a reply is no command, wherever it may end up. */
function propertiesOf(command: MessageProperties, reply: Reply): MessageProperties {
  const { contentType, status, code, isReplay, trace } = reply;
  const correlationId = command.correlationId ?? command.messageId;
  return {
    ...(contentType !== undefined && { contentType }),
    ...(correlationId !== undefined && { correlationId }),
    headers: {
      status,
      ...(code !== undefined && { code }),
      ...(isReplay && { replayed: true }),
      ...(trace && { traceparent: toTraceparent(trace) }),
    },
  };
}
