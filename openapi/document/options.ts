import type { Contract } from '../../wsdl/index.ts';
import type { Route } from '../route.ts';
import type { InfoObject, ServerObject } from './open-api-document.ts';

/** A service with the routes that lead to it. */
export interface ServiceSurface {
  readonly name: string;
  readonly contract: Contract;
  readonly routes: readonly Route[];
}

export interface OpenApiOptions {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: NonNullable<InfoObject['license']>;
  readonly contact?: NonNullable<InfoObject['contact']>;
  /** Default: the origin that serves the document. */
  readonly servers?: readonly ServerObject[];
  /** Every problem that the API may answer with besides declared faults. Without it `code` is any string. */
  readonly problems?: readonly ProblemKind[];
  /** Missing: there is none. */
  readonly eventStream?: EventStreamSurface | undefined;
  /** How tokens are presented: any of these will do. Default: as bearer tokens. */
  readonly tokens?: readonly TokenUse[];
  /** Whether requests and answers have examples. Default true. */
  readonly examples?: boolean;
}

/** A stream of events. */
export interface EventStreamSurface {
  readonly path: string;
  /** Patterns of their names. */
  readonly events: readonly string[];
}

/** A way to present a token. */
export interface TokenUse {
  /** By itself (RFC 6750), or with a proof of its key (RFC 9449). */
  readonly scheme: 'bearer' | 'dpop';
  /** On a connection with the client certificate that it is bound to (RFC 8705). */
  readonly certificate: boolean;
}

/** One `code` of an RFC 9457 problem. */
export interface ProblemKind {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}
