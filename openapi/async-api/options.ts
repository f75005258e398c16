import type { OpenApiOptions } from '../document/options.ts';
import type { Route } from '../route.ts';

export interface AsyncApiOptions extends Pick<
  OpenApiOptions,
  'title' | 'version' | 'description' | 'license' | 'contact' | 'problems' | 'examples'
> {
  /** Missing: the bus lives in the process of the API, and nobody else can reach it. */
  readonly server?: BrokerServer;
  /** Topic exchange that events go to. */
  readonly exchange: string;
  /** The queues that commands are taken from. */
  readonly queues: readonly CommandQueue[];
}

/** A broker without what opens it. */
export interface BrokerServer {
  readonly protocol: 'amqp' | 'amqps';
  /** With its port. */
  readonly host: string;
  /** Virtual host, with a slash before. */
  readonly pathname?: string;
}

export interface CommandQueue {
  readonly queue: string;
  /** Of the services that the document is made for. */
  readonly routes: readonly Route[];
  /** Who sends a command is said by a signed token in it, or by the right to write to the queue. */
  readonly identity: 'token' | 'queue';
}
