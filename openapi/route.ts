import type { DeprecationMapping } from './deprecation.ts';
import type { PagingMapping, RoutePaging } from './paging.ts';
import type { PublishMapping, RoutePublish } from './publish.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One row of a service's mapping, as it stands in portico.yaml under `services.<name>.routes`. `portico import`
 * writes one for each operation; people edit them.
 */
export interface RouteMapping {
  /** Operation id (`Operation.id`). */
  readonly operation: string;
  /** Port name; needed only where the choice (SOAP 1.2 before 1.1, then document order) must differ. */
  readonly port?: string;
  readonly method: HttpMethod;
  /** Path template with `{parameter}`s, e.g. `/v1/accounts/{accountId}/transactions`. */
  readonly path: string;
  /** OpenAPI operationId; default: the operation id in camelCase, made unique. */
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  /** All are needed. Empty or missing: any valid token will do. */
  readonly scopes?: readonly string[];
  /**
   * Where members of the operation's input come from, by their dotted JSON path (`page.limit`): `path.accountId`,
   * `query.from`, `header.x-channel`, `token.sub`, `idempotency.key`, or `{ const: value }`. A member bound here is not part of the body,
   * and a body that has it is refused. Path parameters named like a top-level member need no entry; nor do, for GET
   * and DELETE, scalar members, which become query parameters of the same name.
   */
  readonly input?: Readonly<Record<string, string | { readonly const: string | number | boolean }>>;
  /** Status of success; default 200, 202 for one-way operations. */
  readonly status?: number;
  /** Status by declared fault name; overrides the rule by name. */
  readonly faults?: Readonly<Record<string, number>>;
  /** Only for GET. */
  readonly cache?: CacheMapping;
  /** Tags whose kept answers are forgotten once the call may have been carried out; see `CacheMapping.tags`. */
  readonly invalidates?: readonly string[];
  /** Besides the limits that all routes have. */
  readonly rateLimit?: RouteRateLimit;
  /** A write by its method that changes nothing, or the same thing twice: it may be sent again. Default: GET alone. */
  readonly safe?: boolean;
  /** Not for GET. */
  readonly publish?: PublishMapping;
  /** Not for GET. Whether the client names the call by an Idempotency-Key; default `optional`. */
  readonly idempotency?: KeyMode | IdempotencyMapping;
  /** Not for GET. When it is carried out: while the client waits, later, or as the client prefers; default `sync`. */
  readonly mode?: 'sync' | 'async' | 'either';
  /** How long it is tried, if it is carried out later. */
  readonly expiresAfterSeconds?: number;
  /** Binary members, by dotted path, that may be a whole body (`application/octet-stream`). Default: the only one. */
  readonly binary?: { readonly request?: string; readonly response?: string };
  /** Only for GET. */
  readonly paging?: PagingMapping;
  readonly deprecated?: DeprecationMapping;
  /** Members of input or output, by dotted path through lists, that are masked wherever a message is written down. */
  readonly sensitive?: readonly string[];
}

export interface CacheMapping {
  /** How long an answer is fresh. */
  readonly ttlSeconds: number;
  /** How long afterwards it is still given at once, while a new one is fetched; default 0. */
  readonly staleWhileRevalidateSeconds?: number;
  /** How long after `ttlSeconds` it is still given if no new one can be had; default 0. */
  readonly staleIfErrorSeconds?: number;
  /** One answer for all principals with the same input; default one for each. */
  readonly shared?: boolean;
  /** Names that a write may forget the answer by: `account:{accountId}`, in braces members of the input by dotted path. */
  readonly tags?: readonly string[];
}

export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

export interface RouteRateLimit extends RateLimit {
  /** Whose requests count together; default those of one subject. */
  readonly per?: 'subject' | 'client' | 'all';
}

export type KeyMode = 'required' | 'optional' | 'off';

/** Besides the key, what may be done where it is not known whether the service carried a call out. Default: nothing. */
export interface IdempotencyMapping {
  /** Default `optional`. */
  readonly key?: KeyMode;
  /** The service does what has the same `idempotency.key` only once: the call may be sent again. */
  readonly deduplicates?: boolean;
  readonly settle?: SettleMapping;
}

/** A query of the same service that tells whether the call was carried out; its output is then the answer. */
export interface SettleMapping {
  /** Operation id. */
  readonly operation: string;
  /** Members of the query's input: `input.<member of the call>`, `idempotency.key`, or `{ const: value }`. */
  readonly input: Readonly<Record<string, string | { readonly const: string | number | boolean }>>;
  /** Declared fault that says that the call was not carried out. */
  readonly notFound?: string;
  /** Member of the output, by dotted path, that is missing if the call was not carried out. */
  readonly found?: string;
  /** How long after it was sent a call may still be carried out: so long `not found` is not believed. Default 60. */
  readonly afterSeconds?: number;
}

/** Members whose content may be sent as `application/octet-stream` instead of JSON. */
export interface RouteBinary {
  readonly request?: readonly string[];
  readonly response?: readonly string[];
}

/** A mapping row resolved against the contract: nothing left to decide at call time. Plain data. */
export interface Route {
  /** Name of the service in the configuration. */
  readonly service: string;
  /** Names in the contract. */
  readonly wsdlService: string;
  readonly port: string;
  readonly operation: string;
  readonly operationId: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly summary?: string;
  readonly documentation?: string;
  readonly tags: readonly string[];
  readonly scopes: readonly string[];
  readonly parameters: readonly RouteParameter[];
  /** Members set by Portico itself: from the token, or constants. */
  readonly presets: readonly RoutePreset[];
  /** Whether a JSON body is read; then `parameters` and `presets` are merged into it. */
  readonly hasBody: boolean;
  /** Whether the operation has an output. */
  readonly hasOutput: boolean;
  readonly status: number;
  readonly faults: readonly RouteFault[];
  readonly cache?: RouteCache;
  readonly invalidates?: readonly RouteTag[];
  readonly publish?: RoutePublish;
  readonly rateLimit?: RouteRateLimit;
  /** Missing where an Idempotency-Key means nothing. */
  readonly idempotency?: RouteIdempotency;
  /** Missing where it is always carried out while the client waits. */
  readonly deferral?: RouteDeferral;
  /** May be sent again after a failure that tells nothing. Default: GET alone. */
  readonly isSafe?: boolean;
  readonly binary?: RouteBinary;
  readonly paging?: RoutePaging;
  readonly deprecated?: DeprecationMapping;
  /** Paths of members that are masked wherever a message is written down; lists are passed through. */
  readonly sensitive?: readonly (readonly string[])[];
}

export interface RouteCache {
  readonly ttlSeconds: number;
  readonly staleWhileRevalidateSeconds: number;
  readonly staleIfErrorSeconds: number;
  readonly isShared: boolean;
  readonly tags: readonly RouteTag[];
}

/** Text, and paths of members whose values stand between. */
export type RouteTag = readonly (string | readonly string[])[];

export interface RouteIdempotency {
  readonly key: 'required' | 'optional';
  readonly deduplicates: boolean;
  readonly settle?: RouteSettle;
}

/** How an operation is carried out later. */
export interface RouteDeferral {
  /** `either`: if the client prefers that (RFC 7240, 4.1). */
  readonly mode: 'async' | 'either';
  /** Missing: as the configuration has it for all. */
  readonly expiresAfterSeconds?: number;
}

export interface RouteSettle {
  /** Names in the contract. */
  readonly wsdlService: string;
  readonly port: string;
  readonly operation: string;
  readonly input: readonly SettleBinding[];
  readonly notFound?: string;
  readonly found?: readonly string[];
  readonly afterSeconds: number;
}

export type SettleBinding = { readonly member: readonly string[] } & (
  | { readonly from: 'input'; readonly path: readonly string[] }
  | { readonly from: 'key' }
  | { readonly from: 'const'; readonly value: string | number | boolean }
);

export interface RouteParameter {
  readonly in: 'path' | 'query' | 'header';
  /** As the client writes it. */
  readonly name: string;
  /** Path of the member in the operation's input. */
  readonly member: readonly string[];
  readonly required: boolean;
  readonly shape: ParameterShape | { readonly array: ParameterShape };
}

/** How the text of a parameter becomes JSON: `string` as it is; `integer` by digits; `number` and `boolean` by JSON's syntax. */
export type ParameterShape = 'string' | 'integer' | 'number' | 'boolean';

export type RoutePreset =
  /** A UUID made of the Idempotency-Key and the caller. */
  | { readonly member: readonly string[]; readonly from: 'key' }
  | { readonly member: readonly string[]; readonly from: 'token'; readonly claim: string }
  | { readonly member: readonly string[]; readonly from: 'const'; readonly value: string | number | boolean };

export interface RouteFault {
  /** wsdl:fault name. */
  readonly name: string;
  readonly status: number;
  /** Problem `code`, e.g. `account-not-found`. */
  readonly code: string;
}
