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
  /** Whether requests and answers have examples. Default true. */
  readonly examples?: boolean;
}

/** One `code` of an RFC 9457 problem. */
export interface ProblemKind {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}
