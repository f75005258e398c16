import type { JsonValue } from '../../wsdl/index.ts';
import type { MessageHeaders } from './security-config.ts';

/** A value that must not stand in the configuration: from the environment, or the file at a path. */
export type Secret = string | { readonly file: string };

/** How a service is called. */
export interface ServicePolicies extends MessageHeaders {
  readonly endpoints?: readonly string[];
  readonly failover: 'priority' | 'round-robin';
  readonly connection: ConnectionConfig;
  readonly credentials?: CredentialsConfig;
  readonly retry: { readonly most: number; readonly budgetPercent: number };
  readonly circuitBreaker: {
    readonly failurePercent: number;
    readonly windowSeconds: number;
    readonly minimumCalls: number;
    readonly probeSeconds: number;
  };
  readonly bulkhead: { readonly concurrent: number; readonly queued: number };
  /** Missing: only calls find out how an endpoint does. */
  readonly health?: HealthConfig;
}

export interface HealthConfig {
  readonly probe: 'tcp' | 'http' | 'operation';
  /** Of `http`. */
  readonly path?: string;
  /** Of `operation`, in the WSDL, and what it is called with. */
  readonly operation?: string;
  readonly input?: JsonValue;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** One after the other. */
  readonly failures: number;
}

export interface ConnectionConfig {
  readonly connectTimeoutSeconds: number;
  readonly keepAliveSeconds: number;
  readonly proxy?: Secret;
  readonly tls?: TlsConfig;
}

/** `ca` and `certificate` are files. */
export interface TlsConfig {
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: Secret;
  readonly passphrase?: Secret;
  readonly serverName?: string;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
}

/** Exactly one of them. */
export interface CredentialsConfig {
  readonly basic?: { readonly username: string; readonly password: Secret };
  readonly bearer?: Secret;
  readonly ntlm?: NtlmConfig;
}

export interface NtlmConfig {
  readonly username: string;
  readonly password: Secret;
  readonly domain?: string;
  readonly workstation?: string;
}
