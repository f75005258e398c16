import type { Client, Dispatcher, Pool as PoolType } from 'undici';
import { NtlmDispatcher } from '../ntlm/ntlm-dispatcher.ts';
import type { NtlmCredentials } from '../ntlm/ntlm-v2.ts';
import { Pool, ProxyAgent } from './undici.ts';

/** How connections to a service are made. */
export interface ConnectionOptions {
  /** Connections at the same time; more requests wait their turn. Default 32. */
  readonly connections?: number;
  /** Default 5 s. */
  readonly connectTimeoutMs?: number;
  /** How long an idle connection is kept, unless the service says less. Default 4 s. */
  readonly keepAliveMs?: number;
  readonly tls?: TlsOptions;
  /** http or https URL of a forward proxy; its user and password go as Proxy-Authorization. */
  readonly proxy?: string;
  /** NTLMv2; not through a proxy. */
  readonly ntlm?: NtlmCredentials;
}

/** What sends requests. */
export interface RequestDispatcher {
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;
  /** For questions about health, which need no credentials. */
  request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

/** All in PEM. */
export interface TlsOptions {
  /** Certificates to trust in place of the system's. */
  readonly ca?: string;
  /** Certificate of the client, those that sign it behind it. */
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** Name in the certificate of the service, if it is not the host of its address. */
  readonly servername?: string;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
}

/** Makes connections to `origin`, directly or through a proxy. @throws TypeError if key and certificates are of no use. */
export function createDispatcher(origin: string, options: ConnectionOptions): RequestDispatcher {
  const { connections = 32, connectTimeoutMs = 5000, keepAliveMs, tls, proxy, ntlm } = options;
  const clientOptions: Client.Options = {
    pipelining: 1,
    allowH2: false,
    ...(keepAliveMs !== undefined && { keepAliveTimeout: keepAliveMs }),
    // The exchange's deadline bounds the wait for headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const poolOptions: PoolType.Options = { ...clientOptions, connections };
  const connect = { timeout: connectTimeoutMs, ...tls };
  if (ntlm !== undefined) {
    const client = { ...clientOptions, connect };
    return new NtlmDispatcher(origin, { credentials: ntlm, connections, client });
  }
  if (proxy === undefined) return new Pool(origin, { ...poolOptions, connect });
  return new ProxyAgent({
    uri: proxy,
    connectTimeout: connectTimeoutMs,
    ...(tls && { requestTls: { ...tls } }),
    factory: (target, given) => new Pool(target, { ...(given as PoolType.Options), ...poolOptions }),
  });
}
