import type { RateLimit, RouteMapping } from '../../openapi/index.ts';
import type { AnswersConfig } from './answers-config.ts';
import type { BusConfig } from './bus-config.ts';
import type { EventsConfig } from './events-config.ts';
import type { AuditConfig, LogConfig, MetricsConfig, TracesConfig } from './observability-config.ts';
import type { Secret, ServicePolicies } from './service-policy-config.ts';

/** portico.yaml after substitution and defaults. Relative paths are still relative to the folder of the file. */
export interface PorticoConfig {
  readonly server: ServerConfig;
  readonly auth: AuthConfig;
  readonly rateLimit: RateLimitConfig;
  readonly cache: CacheConfig;
  readonly commands: CommandsConfig;
  readonly bus: BusConfig;
  readonly events: EventsConfig;
  readonly redis: RedisConfig;
  readonly log: LogConfig;
  readonly audit: AuditConfig;
  readonly metrics: MetricsConfig;
  readonly traces: TracesConfig;
  readonly openapi: { readonly title: string; readonly version: string; readonly description?: string };
  readonly services: Readonly<Record<string, ServiceConfig>>;
}

export interface ServerConfig extends AnswersConfig {
  readonly port: number;
  readonly host: string;
  /** Where clients reach the API; given if proofs of possession are taken. */
  readonly publicUrl?: string;
  /** Missing: plain HTTP. */
  readonly tls?: ServerTlsConfig;
  /** Addresses and networks. */
  readonly tlsTerminators: readonly string[];
  /** Bytes of one request body. */
  readonly bodyBytes: number;
  /** Bytes of one binary body that is passed on as it comes, in or out. */
  readonly binaryBytes: number;
  readonly concurrency: ConcurrencyConfig;
  /** Nested objects and arrays of one request body. */
  readonly jsonDepth: number;
  readonly requestTimeoutSeconds: number;
  readonly shutdownSeconds: number;
  /** How long requests are taken while readiness is off already. */
  readonly stopDelaySeconds: number;
}

/** `certificate` and `clientCa` are files. */
export interface ServerTlsConfig {
  readonly certificate: string;
  readonly key: Secret;
  readonly passphrase?: Secret;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly clientCertificates: 'off' | 'request' | 'require';
  readonly clientCa?: string;
}

export interface AuthConfig {
  readonly development: boolean;
  /** Characters of one token. */
  readonly tokenBytes: number;
  readonly issuers: readonly IssuerConfig[];
  readonly dpop: DpopConfig;
}

export interface DpopConfig {
  readonly algorithms: readonly string[];
  readonly proofSeconds: number;
  /** Missing: none is asked for. */
  readonly nonce?: { readonly lifetimeSeconds: number; readonly secret?: Secret };
}

/** What becomes of tokens that are bound to something: refused, taken with its proof, or no others taken. */
export type BindingPolicy = 'off' | 'optional' | 'required';

export interface IssuerConfig {
  readonly issuer: string;
  readonly audience: string;
  /** A file, or a URL. */
  readonly jwks: string;
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  readonly tokenType: 'at+jwt' | 'JWT';
  /** Missing: `exp` alone limits the age. */
  readonly maxTokenAgeSeconds?: number;
  readonly jwksMaxAgeSeconds: number;
  readonly jwksStaleSeconds: number;
  readonly jwksCooldownSeconds: number;
  readonly jwksTimeoutSeconds: number;
  /** To a key of the client. */
  readonly dpop: BindingPolicy;
  /** To a certificate of the client. */
  readonly mtls: BindingPolicy;
}

/** Of requests for operations, in one process. */
export interface ConcurrencyConfig {
  readonly concurrent: number;
  readonly queued: number;
  readonly queueMilliseconds: number;
  /** Missing: it is not looked at. */
  readonly eventLoopDelayMilliseconds?: number;
}

/** By subject. */
export interface RateLimitConfig extends RateLimit {
  /** By the client that a token was issued to. */
  readonly client?: RateLimit;
  /** Missing: in Redis, if one is configured. */
  readonly store?: 'memory' | 'redis';
  /** Of this API, on all machines; missing: the workers of this one. */
  readonly processes?: number;
}

export interface CacheConfig {
  /** Of all answers in one process together. */
  readonly bytes: number;
  /** Missing: in Redis too, if one is configured. */
  readonly store?: 'memory' | 'redis';
  readonly invalidateOn: readonly EventInvalidation[];
}

export interface EventInvalidation {
  /** Pattern of names, as `EventBus.subscribe` has it. */
  readonly event: string;
  /** With `{subject}` and `{data.<member>}`. */
  readonly tags: readonly string[];
}

export interface CommandsConfig {
  readonly store: 'sqlite' | 'postgres';
  /** Of the SQLite file. */
  readonly path: string;
  /** Of the PostgreSQL database; given if that is the store. */
  readonly url?: string;
  readonly retentionHours: number;
  readonly unknownRetentionHours: number;
  readonly eventRetentionHours: number;
  readonly leaseSeconds: number;
  readonly deferred: DeferredConfig;
}

/** Of operations that are carried out later. */
export interface DeferredConfig {
  /** Missing: inputs are stored as they are. */
  readonly encryptionKey?: Secret;
  /** What was stored with it can still be read. */
  readonly formerEncryptionKey?: Secret;
  /** At a time, in one process. */
  readonly concurrent: number;
  readonly concurrentPerService: number;
  readonly expiresAfterSeconds: number;
  /** Longest wait between two attempts. */
  readonly retrySeconds: number;
  readonly pollMilliseconds: number;
}

export interface RedisConfig {
  /** Missing: there is none. */
  readonly url?: string;
  /** Before every key. */
  readonly prefix: string;
  /** Longest wait for one reply. */
  readonly timeoutMilliseconds: number;
}

/** Exactly one of `wsdl` and `contract` is given. */
export interface ServiceConfig extends ServicePolicies {
  readonly wsdl?: string;
  readonly contract?: string;
  readonly wsdlService?: string;
  readonly port?: string;
  readonly endpoint?: string;
  readonly transport: 'http' | 'amqp';
  /** Given with that transport: a queue, or an exchange and a routing key. */
  readonly amqp?: { readonly queue?: string; readonly exchange?: string; readonly routingKey?: string };
  readonly timeoutSeconds: number;
  readonly names: 'camelCase' | 'asIs';
  readonly numbers: 'string' | 'number';
  readonly mtom: 'never' | 'always' | 'auto';
  readonly mtomThresholdBytes: number;
  readonly allowedHosts: readonly string[];
  readonly allowedRoots: readonly string[];
  /** Local copies of documents: a file of lines or an OASIS XML catalog. */
  readonly catalog?: string;
  readonly lenient: boolean;
  readonly routes?: readonly RouteMapping[];
}
