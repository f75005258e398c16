import type { Delivery, MessageBus, Settlement } from '../../connectors/index.ts';
import type { AdmissionGuards } from '../calls/admit-caller.ts';
import type { OnceGuards } from '../calls/carry-out-once.ts';
import { problemOfError } from '../http/problem-of-error.ts';
import { ProblemError } from '../http/problem.ts';
import type { RequestRecord } from '../http/request-record.ts';
import type { FacadeLog } from '../log/create-log.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { isSafe } from '../operations/is-safe.ts';
import { carryOut, prepareCommand } from './carry-out.ts';
import type { BusOperation, CommandQueue } from './command-queue.ts';
import { deadlineOf } from './deadline-of.ts';
import { findOperation } from './find-operation.ts';
import { identifySender } from './identify-sender.ts';
import { formOf, type MessageForm } from './message-form.ts';
import { beginMessageRecord } from './message-record.ts';
import { readCommand } from './read-command.ts';
import { settleMessage } from './settle-message.ts';
import { tellMessage } from './tell-message.ts';
import { doesPass, type Verdict } from './verdict.ts';

export interface BusGuards extends AdmissionGuards, OnceGuards {
  readonly limits: {
    readonly bodyBytes: number;
    readonly jsonDepth: number;
    readonly requestTimeoutSeconds: number;
  };
  /** For the audit log. */
  readonly keepsInput: boolean;
}

export interface HandlerOptions {
  readonly bus: MessageBus;
  readonly guards: BusGuards;
  readonly log: FacadeLog;
  readonly metrics: Metrics | undefined;
  /** Queues that no reply may go to: commands are taken from them. */
  readonly isOwnQueue: (queue: string) => boolean;
  /** Ends the calls to services. */
  readonly signal: AbortSignal;
}

/** A message at work. What is known of it comes station by station. */
export interface MessageExchange {
  readonly queue: CommandQueue;
  readonly delivery: Delivery;
  readonly record: RequestRecord;
  form: MessageForm | undefined;
  operation: BusOperation | undefined;
  /** Of the last reply. */
  status: number;
  bytes: number;
}

const MILLISECONDS = 1000;

/**
 * The life of a message, station by station: the same as of a request, and at its end a settlement. It is acknowledged once its
 * command has ended durably, and its reply lies safely where it belongs. Never throws.
 */
export async function handleMessage(
  queue: CommandQueue,
  delivery: Delivery,
  options: HandlerOptions,
): Promise<Settlement> {
  const record = beginMessageRecord(delivery, options.log.readTrace);
  const exchange = { queue, delivery, record, form: undefined, operation: undefined, status: 0, bytes: 0 };
  const begunAt = performance.now();
  const verdict = await verdictOn(exchange, options);
  const settlement = await settleMessage(exchange, verdict, options);
  tellMessage(exchange, settlement, performance.now() - begunAt, options);
  return settlement;
}

async function verdictOn(exchange: MessageExchange, options: HandlerOptions): Promise<Verdict> {
  try {
    return await work(exchange, options);
  } catch (error) {
    const problem = problemOfError(error, exchange.operation?.runtime);
    const mayComeAgain = exchange.operation !== undefined && isSafe(exchange.operation.runtime.route);
    return { kind: doesPass(problem, mayComeAgain) ? 'later' : 'give-up', error };
  }
}

async function work(exchange: MessageExchange, options: HandlerOptions): Promise<Verdict> {
  const { queue, delivery, record } = exchange;
  const { guards, signal } = options;
  const { bodyBytes, jsonDepth, requestTimeoutSeconds } = guards.limits;
  assertReplyTo(delivery, options);
  if (delivery.body.length > bodyBytes) throw new ProblemError('body-too-large');
  const form = (exchange.form = formOf(delivery));
  const { runtime } = (exchange.operation = findOperation(queue, delivery, form));
  const { headers, messageId } = delivery.properties;
  const caller = (record.caller = await identifySender(guards, queue, runtime.route, headers));
  const deadline = deadlineOf(delivery, record.startedAt);
  const input = readCommand(runtime, caller.principal, delivery, form, jsonDepth);
  if (guards.keepsInput) record.input = input;
  const command = prepareCommand(runtime, caller.principal, input, messageId);
  record.command = command.keyed?.command.id;
  return carryOut(guards, command, {
    deadline: Math.min(deadline, Date.now() + requestTimeoutSeconds * MILLISECONDS),
    requestId: record.requestId,
    trace: record.trace,
    signal,
  });
}

/** A reply there would be a command, by whoever Portico is to the broker. */
function assertReplyTo({ properties }: Delivery, { isOwnQueue }: HandlerOptions): void {
  if (properties.replyTo === undefined || !isOwnQueue(properties.replyTo)) return;
  throw new ProblemError('malformed-request', {
    detail: 'The property reply-to names a queue that commands are taken from.',
  });
}
