import type { Logger } from 'pino';
import { deadQueueOf, type Consumer } from '../../connectors/index.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import { createCommandQueue, type CommandQueue } from './command-queue.ts';
import { handleMessage, type HandlerOptions } from './handle-message.ts';
import type { PlannedConsumer } from './plan-consumers.ts';

/** The bus as a way in. */
export interface FrontDoor {
  /** Begins to take messages, as soon as the broker is there. */
  open(): void;
  /** Takes no more, and waits for what is at work; after `milliseconds` its calls are broken off. */
  close(milliseconds: number): Promise<void>;
}

export interface FrontDoorOptions extends Omit<HandlerOptions, 'isOwnQueue' | 'signal'> {
  readonly consumers: readonly PlannedConsumer[];
  readonly operations: readonly OperationRuntime[];
  /** Between two tries to begin; default a second. */
  readonly againMs?: number;
}

const AGAIN_MS = 1000;

export function createFrontDoor({
  consumers,
  operations,
  againMs = AGAIN_MS,
  ...options
}: FrontDoorOptions): FrontDoor {
  const runtimes = new Map(operations.map((runtime) => [runtime.route, runtime]));
  const queues = consumers.map((planned) => createCommandQueue(planned, (route) => runtimes.get(route)!));
  const own = new Set(queues.flatMap(({ config: { queue } }) => [queue, deadQueueOf(queue)]));
  const isOwnQueue = (name: string): boolean =>
    own.has(name) || queues.some(({ config: { queue } }) => name.startsWith(`${queue}.retry.`));
  const abort = new AbortController();
  const stopping = new AbortController();
  const handlerOptions = { ...options, isOwnQueue, signal: abort.signal };
  const opened: Promise<Consumer | undefined>[] = [];
  const open = (queue: CommandQueue): Promise<Consumer | undefined> =>
    consumeWhenThere(queue, handlerOptions, againMs, stopping.signal);
  return {
    open() {
      opened.push(...queues.map(open));
    },
    async close(milliseconds) {
      stopping.abort();
      const timer = setTimeout(() => {
        abort.abort();
      }, milliseconds);
      const running = await Promise.all(opened);
      await Promise.all(running.map(async (consumer) => consumer?.close()));
      clearTimeout(timer);
    },
  };
}

/** The broker may be away when this process starts. @returns undefined if it is stopped before the broker comes. */
async function consumeWhenThere(
  queue: CommandQueue,
  options: HandlerOptions,
  againMs: number,
  stopping: AbortSignal,
): Promise<Consumer | undefined> {
  const { queue: name, concurrency } = queue.config;
  let isTold = false;
  while (!stopping.aborted) {
    try {
      return await options.bus.consume(name, { prefetch: concurrency }, (delivery) =>
        handleMessage(queue, delivery, options),
      );
    } catch (error) {
      if (!isTold) tellAway(options.log.logger, name, error);
      isTold = true;
      await pause(againMs, stopping);
    }
  }
  return undefined;
}

function tellAway(logger: Logger, queue: string, error: unknown): void {
  logger.error({ queue, err: error }, 'Commands are not taken from this queue yet; it is tried again');
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
