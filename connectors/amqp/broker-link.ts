import type { ChannelModel, ConfirmChannel, RecoveringChannelModel } from 'amqplib';
import { BusError } from '../bus/bus-error.ts';
import type { BrokerAddress } from './broker-address.ts';

/** Channels of one connection. A new pair comes with each reconnection. */
export interface BrokerChannels {
  readonly publishing: ConfirmChannel;
  readonly consuming: ConfirmChannel;
}

/** A connection to the broker that comes back by itself. */
export interface BrokerLink {
  /** The channels if the broker is there now. */
  readonly channels: () => BrokerChannels | undefined;
  /** Waits for the broker. @throws BusError NOT_CONNECTED when `signal` aborts first. */
  readonly connected: (signal: AbortSignal) => Promise<BrokerChannels>;
  readonly close: () => Promise<void>;
}

const backOff = { initialDelay: 200, maxDelay: 10_000, factor: 2, jitter: 0.2 };
const connectTimeoutMs = 5000;

/** `setUp` runs on the channels of each new connection before they are used. */
export function openBrokerLink(
  address: BrokerAddress,
  setUp: (channels: BrokerChannels) => Promise<void>,
): BrokerLink {
  let current: BrokerChannels | undefined;
  let lastFailure = 'not tried yet';
  const waiting = new Set<(channels: BrokerChannels) => void>();

  const onModel = async (model: ChannelModel): Promise<void> => {
    const forget = (): void => {
      current = undefined;
    };
    // Without listeners an error event would end the process; the recovery acts on the close that follows.
    model.on('error', () => undefined).on('close', forget);
    const channels = {
      publishing: await openChannel(model, forget),
      consuming: await openChannel(model, forget),
    };
    await setUp(channels);
    current = channels;
    for (const resume of waiting) resume(channels);
    waiting.clear();
  };

  const remember = (error: Error): void => {
    lastFailure = address.cleaned(reasonOf(error));
  };
  const opening = openRecovering(address, onModel, remember);

  return {
    channels: () => current,
    connected: (signal) =>
      current
        ? Promise.resolve(current)
        : awaitChannels(
            waiting,
            signal,
            () => `${address.shown}: the broker is not connected: ${lastFailure}`,
          ),
    close: async () => {
      await (await opening).close();
      current = undefined;
    },
  };
}

/** Resolves at once: the first connection is made, and made again, in the background. */
async function openRecovering(
  address: BrokerAddress,
  setup: (model: ChannelModel) => Promise<void>,
  onFailure: (error: Error) => void,
): Promise<RecoveringChannelModel> {
  // Loaded where there is a broker to connect to.
  const { connect } = await import('amqplib');
  const link = await connect(address.connect, {
    timeout: connectTimeoutMs,
    recovery: { ...backOff, setup, waitForConnect: false },
  });
  return link.on('connect-failed', onFailure).on('disconnect', onFailure).on('error', onFailure);
}

/**
 * A channel that the broker closes (an exchange is gone, say) does not come back alone: the connection is renewed, and
 * all is set up again.
 */
async function openChannel(model: ChannelModel, onLost: () => void): Promise<ConfirmChannel> {
  const channel = await model.createConfirmChannel();
  channel.on('error', () => {
    onLost();
    model.close().catch(() => undefined);
  });
  return channel;
}

function awaitChannels(
  waiting: Set<(channels: BrokerChannels) => void>,
  signal: AbortSignal,
  message: () => string,
): Promise<BrokerChannels> {
  const { promise, resolve, reject } = Promise.withResolvers<BrokerChannels>();
  waiting.add(resolve);
  const onAbort = (): void => {
    waiting.delete(resolve);
    reject(new BusError('NOT_CONNECTED', message(), { mayHaveBeenPublished: false }));
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return promise.finally(() => {
    signal.removeEventListener('abort', onAbort);
  });
}

/** Of several addresses tried, the last tells; a refused connection has its code and nothing more. */
function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.errors.at(-1) instanceof Error)
    return reasonOf(error.errors.at(-1) as Error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
