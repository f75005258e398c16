import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Cancel } from './cancel.ts';
import type { Codings } from './coding/content-coding.ts';
import type { Page } from './paging/open-page.ts';
import type { RequestRecord } from './request-record.ts';

/** One request for an operation, and its answer to be. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
  readonly operation: OperationRuntime;
  /** Segments of the path, still percent-encoded, by parameter. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Without the `?`. */
  readonly query: string;
  /** How the answer may be compressed. */
  readonly codings: Codings;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Ends the call to the service. */
  readonly abort: Cancel;
  /** Header fields that all answers have, shared by them: name, value, name, value. */
  readonly standing: readonly string[];
  /** Those of this answer so far, whatever it will be. */
  readonly head: string[];
  /** Of a list that comes page by page, once its input is read. */
  page: Page | undefined;
  /** Of the clock that never goes back; 0 where nothing is counted. */
  begunAt: number;
  /** Takes one of the places that `Admission` gives. */
  isAdmitted: boolean;
  /** See `RunningRequest`. */
  place: number;
  /** Of the two ends of a request, the end of its work and that of its answer, those to come. */
  endsToCome: number;
}
