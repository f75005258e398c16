import type { ConsumerConfig } from './consumer-config.ts';
import type { TlsConfig } from './service-policy-config.ts';

/** At most one of `url` and `urls` is given; with none the bus lives in this process. */
export interface BusConfig {
  readonly url?: string;
  /** Of one cluster, tried in turn. */
  readonly urls?: readonly string[];
  /** Of events. */
  readonly exchange: string;
  /** Further topic exchanges. */
  readonly exchanges: readonly string[];
  readonly deadLetterExchange: string;
  readonly topology: 'declare' | 'check';
  readonly connection: BusConnectionConfig;
  /** How long a message waits for a broker that is away. */
  readonly waitSeconds: number;
  /** What may wait to be sent or confirmed. */
  readonly buffer: { readonly messages: number; readonly bytes: number };
  readonly consumers: readonly ConsumerConfig[];
}

export interface BusConnectionConfig {
  readonly connectTimeoutSeconds: number;
  readonly heartbeatSeconds: number;
  readonly tls?: TlsConfig;
}

/** The addresses of the broker; none if there is no broker. */
export function brokerUrlsOf({ url, urls }: BusConfig): readonly string[] {
  return urls ?? (url === undefined ? [] : [url]);
}
