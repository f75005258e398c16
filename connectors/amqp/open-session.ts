import type { ChannelModel } from 'amqplib';
import type { TlsOptions } from '../soap-http/create-dispatcher.ts';
import type { BrokerAddress } from './broker-address.ts';

export interface SessionOptions {
  /** For TCP, TLS and the handshake of AMQP together. */
  readonly connectTimeoutMs: number;
  /** A broker that says nothing for two of them is taken for dead. */
  readonly heartbeatSeconds: number;
  readonly tls?: TlsOptions | undefined;
  /** What the broker shows its people. */
  readonly name: string;
}

/** One connection to a broker, as long as it lasts. */
export interface BrokerSession {
  readonly address: BrokerAddress;
  readonly model: ChannelModel;
  /** Resolves with the reason when it is over. */
  readonly ended: Promise<string>;
  readonly isOver: () => boolean;
  /** Politely, but not for longer than a second. */
  readonly end: () => Promise<void>;
}

const GOODBYE_MS = 1000;

/** `closing` ends the attempt. @throws Error that tells why not, without the password. */
export async function openSession(
  address: BrokerAddress,
  options: SessionOptions,
  closing: AbortSignal,
): Promise<BrokerSession> {
  // Whatever state it is in, the socket ends with this signal: amqplib alone leaves one open whose broker is silent.
  const socket = new AbortController();
  const giveUp = (): void => {
    socket.abort();
  };
  const timer = setTimeout(giveUp, options.connectTimeoutMs);
  closing.addEventListener('abort', giveUp, { once: true });
  try {
    return sessionOf(await connectTo(address, options, socket.signal), address, socket);
  } catch (error) {
    socket.abort();
    const reason = timerHasRun(socket.signal, error) ? 'it did not answer in time' : reasonOf(error);
    // Without its cause, which nobody has cleaned.
    throw new Error(`${address.shown}: ${address.cleaned(reason)}`, { cause: undefined });
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', giveUp);
  }
}

async function connectTo(
  { connect: where }: BrokerAddress,
  { heartbeatSeconds, tls, name }: SessionOptions,
  signal: AbortSignal,
): Promise<ChannelModel> {
  // Loaded where there is a broker to connect to.
  const { connect } = await import('amqplib');
  const socketOptions = { noDelay: true, clientProperties: { connection_name: name }, ...tls, signal };
  return connect({ ...where, heartbeat: heartbeatSeconds }, socketOptions);
}

function sessionOf(model: ChannelModel, address: BrokerAddress, socket: AbortController): BrokerSession {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  let failure: unknown;
  let isOver = false;
  // Without a listener an error event would end the process; the close that follows is what is acted on.
  model.on('error', (error) => {
    failure = error;
  });
  model.on('close', (error) => {
    isOver = true;
    resolve(address.cleaned(reasonOf(error ?? failure ?? 'the connection was closed')));
    setTimeout(() => {
      socket.abort();
    }, GOODBYE_MS).unref();
  });
  return {
    address,
    model,
    ended,
    isOver: () => isOver,
    end: async () => {
      const late = setTimeout(() => {
        isOver = true;
        socket.abort();
        resolve('the broker did not say goodbye');
      }, GOODBYE_MS);
      model.close().catch(() => undefined);
      await ended;
      clearTimeout(late);
    },
  };
}

function timerHasRun(signal: AbortSignal, error: unknown): boolean {
  return (
    signal.aborted && error instanceof Error && (error.name === 'AbortError' || /abrupt/.test(error.message))
  );
}

/** Of several addresses tried, the last tells; a refused connection has its code and nothing more. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : undefined;
  if (last instanceof Error) return reasonOf(last);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
