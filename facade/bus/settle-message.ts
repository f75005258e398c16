import { ACK, type Settlement } from '../../connectors/index.ts';
import { maskText } from '../../masking/index.ts';
import type { KeptAnswer } from '../commands/command-store.ts';
import { problemOfError } from '../http/problem-of-error.ts';
import { ProblemError } from '../http/problem.ts';
import type { HandlerOptions, MessageExchange } from './handle-message.ts';
import { contentOfAnswer, contentOfProblem, type ReplyContent } from './reply-form.ts';
import { sendReply } from './send-reply.ts';
import type { Verdict } from './verdict.ts';

const FIRST_ERROR = 400;

/** Tells whoever waits, and says what becomes of the message. Never throws. */
export async function settleMessage(
  exchange: MessageExchange,
  verdict: Verdict,
  options: HandlerOptions,
): Promise<Settlement> {
  if (verdict.kind === 'answer') return settleAnswer(exchange, verdict, options);
  const { problem, cause = verdict.error } = problemOfError(verdict.error, exchange.operation?.runtime);
  const { record, delivery } = exchange;
  record.code = problem.code;
  exchange.status = problem.status;
  if (problem.outcome === 'unknown' || problem.code === 'outcome-unknown') record.ending = 'unknown';
  const reason = `${problem.code}: ${maskText(problem.detail)}`;
  const told = { requestId: record.requestId, queue: delivery.queue, code: problem.code };
  if (verdict.kind === 'later' && !isLast(exchange)) {
    options.log.logger.warn({ ...told, attempt: delivery.attempt }, 'A command is tried again later');
    return { kind: 'retry', reason };
  }
  options.log.logger.error({ ...told, err: shownCause(cause) }, 'A command was given up');
  const content = contentOfProblem(
    exchange.operation?.runtime,
    { ...problem, requestId: record.requestId },
    exchange.form,
  );
  const isTold = await reply(exchange, content, options);
  return { kind: isTold || isLast(exchange) ? 'dead' : 'retry', reason };
}

async function settleAnswer(
  exchange: MessageExchange,
  { answer, code, isReplay }: Extract<Verdict, { readonly kind: 'answer' }>,
  options: HandlerOptions,
): Promise<Settlement> {
  const { record, operation, form, delivery } = exchange;
  record.isReplay = isReplay;
  exchange.status = answer.status;
  if (answer.status >= FIRST_ERROR) {
    record.code = code ?? codeOf(answer);
    record.ending = 'fault';
  }
  const { runtime } = operation!;
  const content =
    answer.body === undefined
      ? contentOfProblem(runtime, new ProblemError('answer-not-kept').problem, form)
      : contentOfAnswer(runtime, answer, form!);
  if (!(await reply(exchange, content, options)))
    return { kind: 'retry', reason: 'reply-not-confirmed: The command has ended; its reply is sent again.' };
  // Nobody waits to hear that it was refused, and somebody should.
  if (answer.status >= FIRST_ERROR && delivery.properties.replyTo === undefined)
    return { kind: 'dead', reason: `${record.code ?? 'declared-fault'}: The service refused the command.` };
  return ACK;
}

/** @returns false if the broker did not say that it has it. */
async function reply(
  exchange: MessageExchange,
  content: ReplyContent,
  { bus, log, metrics, isOwnQueue }: HandlerOptions,
): Promise<boolean> {
  const { delivery, record, status } = exchange;
  const { queue, properties } = delivery;
  if (properties.replyTo !== undefined && isOwnQueue(properties.replyTo)) return true;
  const { code, isReplay, trace, requestId } = record;
  try {
    const sent = { ...content, status, code, isReplay, trace, requestId };
    const outcome = await sendReply(bus, delivery, sent, log.logger);
    metrics?.bus.countReply(outcome);
    if (outcome !== 'none') exchange.bytes = content.body.length;
    return true;
  } catch (error) {
    metrics?.bus.countReply('failed');
    log.logger.warn({ requestId, queue, err: error }, 'A reply was not confirmed');
    return false;
  }
}

/**
 * Whether there is no later attempt. Whoever lets a message expire waits for its reply: better a problem now than an answer that
 * nobody reads.
 */
function isLast({ queue, delivery }: MessageExchange): boolean {
  const { attempt, properties } = delivery;
  return properties.expirationMs !== undefined || attempt > queue.config.retrySeconds.length;
}

/** Of a fault that was kept. */
function codeOf({ body }: KeptAnswer): string | undefined {
  if (body === undefined) return undefined;
  const { code } = JSON.parse(Buffer.from(body).toString()) as { readonly code?: string };
  return code;
}

/** Its message may quote what the service sent. */
function shownCause(cause: unknown): unknown {
  if (cause instanceof ProblemError) return undefined;
  return cause instanceof Error && cause.name === 'DecodeError'
    ? { type: cause.name, code: (cause as Error & { readonly code?: string }).code }
    : cause;
}
