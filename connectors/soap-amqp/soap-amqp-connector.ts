import { randomUUID } from 'node:crypto';
import { BusError, type BusErrorCode } from '../bus/bus-error.ts';
import type { PublishOutcome } from '../bus/message.ts';
import type { MessageBus } from '../bus/message-bus.ts';
import type { Connector, ConnectorErrorCode, SoapReply, SoapRequest } from '../connector.ts';
import { Exchange } from '../soap-http/exchange.ts';
import type { ReplyLimits } from '../soap-http/soap-call.ts';
import { ReplyDesk } from './reply-desk.ts';
import { toPublication, type SoapQueue } from './to-publication.ts';
import { emptyReply, toSoapReply } from './to-soap-reply.ts';

export interface SoapAmqpOptions extends SoapQueue {
  /** Stays open when the connector is closed. */
  readonly bus: MessageBus;
  /** Part of the name of the queue for answers. */
  readonly service: string;
  /** Most bytes of one answer. Default 64 MiB. */
  readonly maxReplyBytes?: number;
  /** The same for an answer with attachments. Default 1 GiB. */
  readonly maxPackageBytes?: number;
}

const MEBIBYTE = 1024 * 1024;

/** What all calls of a connector share. */
interface Way {
  readonly bus: MessageBus;
  readonly to: SoapQueue;
  readonly shown: string;
  readonly desk: ReplyDesk;
  readonly limits: ReplyLimits;
}

/**
 * SOAP over AMQP: each request is one message, sent once, and its answer a message with the same correlation id. Answers wait
 * in a queue that outlives a lost connection; one that does not come in time is a TIMEOUT like any other.
 */
export function createSoapAmqpConnector(options: SoapAmqpOptions): Connector {
  const { bus, service, exchange, routingKey } = options;
  const way: Way = {
    bus,
    to: { exchange, routingKey },
    shown: shownQueue({ exchange, routingKey }),
    desk: new ReplyDesk(bus, service),
    limits: {
      maxBytes: options.maxReplyBytes ?? 64 * MEBIBYTE,
      maxPackageBytes: options.maxPackageBytes ?? 1024 * MEBIBYTE,
    },
  };
  return {
    send: (request) => send(way, request),
    isReachable: async () => {
      const { isConnected, blocked } = bus.state();
      return isConnected && blocked === undefined;
    },
    close: () => way.desk.close(),
  };
}

/** For messages and pages: `amqp:queue`, or `amqp:exchange/routing.key`. */
export function shownQueue({ exchange, routingKey }: SoapQueue): string {
  return exchange === '' ? `amqp:${routingKey}` : `amqp:${exchange}/${routingKey}`;
}

function send(way: Way, request: SoapRequest): Promise<SoapReply> {
  const exchange = new Exchange(way.shown, request.deadline, request.signal);
  if (exchange.failure !== undefined) return Promise.reject(exchange.failure);
  return new AmqpCall(way, request, exchange).reply;
}

/** One request and the wait for its answer; whatever ends it, ends it once, and nothing of it stays behind. */
class AmqpCall {
  readonly reply: Promise<SoapReply>;
  readonly #way: Way;
  readonly #exchange: Exchange;
  readonly #id = randomUUID();
  #resolve!: (reply: SoapReply) => void;
  #reject!: (error: Error) => void;

  constructor(way: Way, request: SoapRequest, exchange: Exchange) {
    this.#way = way;
    this.#exchange = exchange;
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    exchange.onFailure = (error) => {
      way.desk.forget(this.#id);
      this.#reject(error);
    };
    this.#run(request).catch((error: unknown) => {
      exchange.fail(error instanceof BusError ? this.#refusal(error) : this.#defect(error));
    });
  }

  async #run(request: SoapRequest): Promise<void> {
    const { bus, desk, to } = this.#way;
    const replyTo = request.isOneWay ? undefined : await desk.queue();
    const publication = await toPublication(request, to, { id: this.#id, replyTo });
    if (!request.isOneWay) this.#expectReply();
    const outcome = await bus.publish({ ...publication, mayLeave: () => this.#leave() });
    this.#onOutcome(outcome, request.isOneWay);
  }

  #expectReply(): void {
    if (this.#exchange.failure !== undefined) return;
    this.#way.desk.expect(this.#id, (delivery) => {
      try {
        this.#succeed(toSoapReply(delivery, this.#exchange, this.#way.limits));
      } catch (error) {
        this.#exchange.fail(error as Parameters<Exchange['fail']>[0]);
      }
    });
  }

  /** What was given up while it waited for the broker is never sent. */
  #leave(): boolean {
    if (this.#exchange.failure !== undefined) return false;
    this.#exchange.hasStarted = true;
    return true;
  }

  #onOutcome(outcome: PublishOutcome, isOneWay: boolean): void {
    const exchange = this.#exchange;
    switch (outcome.kind) {
      case 'confirmed':
        if (isOneWay) this.#succeed(emptyReply());
        return;
      case 'returned':
        // No queue has it, so nobody will ever read it.
        exchange.hasStarted = false;
        exchange.fail(exchange.error('CONNECT_FAILED', `no queue takes the request (${outcome.reason})`));
        return;
      case 'nacked':
        exchange.fail(exchange.error('UNAVAILABLE', outcome.reason));
        return;
      case 'unknown':
        // The service may have it, and its answer may still come.
        if (isOneWay) exchange.fail(exchange.error('CUT_OFF', outcome.reason));
    }
  }

  #succeed(reply: SoapReply): void {
    this.#exchange.end();
    this.#resolve(reply);
  }

  /** The bus refuses only what has not left. */
  #refusal(error: BusError): Parameters<Exchange['fail']>[0] {
    this.#exchange.hasStarted = error.mayHaveBeenPublished;
    return this.#exchange.error(refusals[error.code] ?? 'CONNECT_FAILED', error.message, { cause: error });
  }

  /** Of the request's own attachments, as a rule. */
  #defect(error: unknown): Parameters<Exchange['fail']>[0] {
    const message = error instanceof Error ? error.message : String(error);
    return this.#exchange.error('CONNECT_FAILED', `the request could not be made: ${message}`, {
      cause: error,
    });
  }
}

const refusals: Readonly<Partial<Record<BusErrorCode, ConnectorErrorCode>>> = {
  BLOCKED: 'TOO_BUSY',
  FULL: 'TOO_BUSY',
  TIMEOUT: 'TIMEOUT',
};
