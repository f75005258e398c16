import type { Secret } from './service-policy-config.ts';

/** `events`. */
export interface EventsConfig {
  /** What becomes of an event that no queue of the broker takes. */
  readonly unrouted: 'keep' | 'drop';
  /** At the broker, with the events for streams and webhooks. */
  readonly queue: string;
  /** Missing: there are no streams. */
  readonly stream?: StreamConfig;
  /** By name. */
  readonly webhooks: Readonly<Record<string, WebhookConfig>>;
}

export interface StreamConfig {
  readonly path: string;
  readonly rules: readonly StreamRule[];
  readonly perPrincipal: number;
  /** In one process. */
  readonly concurrent: number;
  readonly heartbeatSeconds: number;
  /** What clients are told to wait before they come back. */
  readonly retrySeconds: number;
  readonly stallSeconds: number;
}

/** Whose an event is: theirs whose claims equal its members, all of them. */
export interface StreamRule {
  /** Pattern of names, as `EventBus.subscribe` has it. */
  readonly event: string;
  /** `subject`, `data.<member>` or an attribute; to `token.<claim>`. */
  readonly match: Readonly<Record<string, string>>;
  /** Whose tokens; missing: of the only issuer there is. */
  readonly issuer?: string;
  readonly scopes: readonly string[];
}

export interface WebhookConfig {
  readonly url: string;
  /** Patterns of names. */
  readonly events: readonly string[];
  /** The first signs for good; during a rotation both do. */
  readonly secrets: readonly Secret[];
  /** Networks that are not public, and may be reached all the same. */
  readonly allowedNetworks: readonly string[];
  readonly timeoutSeconds: number;
  /** Waits before the second, third ... attempt. */
  readonly retrySeconds: readonly number[];
  readonly concurrent: number;
}
