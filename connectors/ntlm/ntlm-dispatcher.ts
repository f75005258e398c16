import { randomBytes } from 'node:crypto';
import type { Client as ClientType, Dispatcher } from 'undici';
import { Client } from '../soap-http/undici.ts';
import { authenticateMessage, negotiateMessage, NtlmError } from './ntlm-messages.ts';
import type { NtlmCredentials } from './ntlm-v2.ts';
import { NtlmReply } from './ntlm-reply.ts';

/** One connection. NTLM authenticates it, not a request, so it serves one request at a time. */
interface Seat {
  readonly client: ClientType;
  isAuthenticated: boolean;
  /** Requests sent since. */
  served: number;
  /** Times that the connection was lost. */
  losses: number;
}

export interface NtlmDispatcherOptions {
  readonly credentials: NtlmCredentials;
  readonly connections: number;
  readonly client: ClientType.Options;
}

type DispatchOptions = Dispatcher.DispatchOptions & { readonly headers: string[] };

const MOST_REFUSAL_BYTES = 64 * 1024;
const HANDSHAKE_MS = 10_000;

/** Sends each request on a connection that NTLM has authenticated (MS-NTHT, 3.1.5), as long as the service remembers that. */
export class NtlmDispatcher {
  readonly #origin: string;
  readonly #options: NtlmDispatcherOptions;
  readonly #seats = new Set<Seat>();
  readonly #free: Seat[] = [];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  #anonymous: ClientType | undefined;
  /** Some services ask again for each request. */
  #remembers = true;

  constructor(origin: string, options: NtlmDispatcherOptions) {
    this.#origin = origin;
    this.#options = options;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.#send(options as DispatchOptions, handler).catch((error: unknown) => {
      handler.onResponseError?.(NO_CONTROLLER, error instanceof Error ? error : new Error(String(error)));
    });
    return true;
  }

  /** On a connection of its own, which is nobody's. */
  request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
    this.#anonymous ??= new Client(this.#origin, this.#options.client);
    return this.#anonymous.request(options);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#seats, ({ client }) => client.close()));
    await this.#anonymous?.close();
  }

  async #send(options: DispatchOptions, handler: Dispatcher.DispatchHandler): Promise<void> {
    const seat = await this.#take();
    try {
      if (seat.isAuthenticated && this.#remembers && options.body instanceof Uint8Array) {
        seat.served += 1;
        const { losses } = seat;
        if ((await this.#pass(seat, options, handler, true)) === 'answered') return;
        if (seat.served === 1 && seat.losses === losses) this.#remembers = false;
      }
      const authorization = await this.#handshake(seat, options);
      const headers = [...options.headers, 'authorization', authorization];
      seat.served = 0;
      await this.#pass(seat, { ...options, headers }, handler, false);
    } finally {
      this.#release(seat);
    }
  }

  /** Until the answer has been read. `refused`: 401, of which the handler hears nothing. */
  async #pass(
    seat: Seat,
    options: DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    mayBeRefused: boolean,
  ): Promise<'answered' | 'refused'> {
    const reply = new NtlmReply(handler, mayBeRefused, (status) => {
      seat.isAuthenticated = status !== 401;
    });
    seat.client.dispatch(options, reply);
    return reply.outcome;
  }

  /** The message is not sent before the service has given its challenge. @throws NtlmError */
  async #handshake({ client }: Seat, { path, method, headers }: DispatchOptions): Promise<string> {
    const negotiate = negotiateMessage();
    const {
      statusCode,
      headers: answered,
      body,
    } = await client.request({
      path,
      method,
      headers: [...headers, 'authorization', `NTLM ${negotiate.toString('base64')}`],
      body: '',
      headersTimeout: HANDSHAKE_MS,
      bodyTimeout: HANDSHAKE_MS,
    });
    await body.dump({ limit: MOST_REFUSAL_BYTES });
    const challenge = challengeIn(answered['www-authenticate']);
    if (statusCode !== 401 || challenge === undefined)
      throw new NtlmError(`the service gives no NTLM challenge (HTTP ${statusCode})`);
    const clientChallenge = randomBytes(8);
    const handshake = { negotiate, challenge, clientChallenge, now: Date.now() };
    return `NTLM ${authenticateMessage(this.#options.credentials, handshake).toString('base64')}`;
  }

  #take(): Seat | Promise<Seat> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#seats.size < this.#options.connections) return this.#open();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #open(): Seat {
    const seat: Seat = {
      client: new Client(this.#origin, this.#options.client),
      isAuthenticated: false,
      served: 0,
      losses: 0,
    };
    seat.client.on('disconnect', () => {
      seat.isAuthenticated = false;
      seat.losses += 1;
    });
    this.#seats.add(seat);
    return seat;
  }

  #release(seat: Seat): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(seat);
    else next(seat);
  }
}

/** For an error before there was a request: there is nothing to control. */
const NO_CONTROLLER = undefined as unknown as Dispatcher.DispatchController;

/** A service may offer other schemes beside. */
function challengeIn(header: string | string[] | undefined): Buffer | undefined {
  const offers = [header ?? []].flat().flatMap((value) => value.split(','));
  const token = offers.map((offer) => /^\s*NTLM\s+([A-Za-z0-9+/]+=*)\s*$/i.exec(offer)?.[1]).find(Boolean);
  return token === undefined ? undefined : Buffer.from(token, 'base64');
}
