import { maskJson, type Json } from '../../masking/index.ts';
import type { Route } from '../../openapi/index.ts';
import type { AuditConfig } from '../config/observability-config.ts';
import type { Trace } from '../trace/trace.ts';
import { traceMembers } from './access-log.ts';
import type { CallerMembers, LoggedCaller } from './caller-members.ts';
import { lineStart } from './line-start.ts';

/**
 * How a request for an operation ended. `denied`: who or with what rights; `refused`: not sent to the service; `fault`: the
 * service said no; `failed`: no answer, and nothing was changed; `unknown`: it may have been carried out.
 */
export type Outcome = 'succeeded' | 'denied' | 'refused' | 'fault' | 'failed' | 'unknown';

/** One request for an operation, when all that comes of it is known. */
export interface AuditEntry {
  readonly requestId: string;
  readonly trace?: Trace | undefined;
  readonly route: Route;
  /** Missing: nobody who could be believed. */
  readonly caller?: LoggedCaller | undefined;
  readonly outcome: Outcome;
  readonly status: number;
  /** Problem code. */
  readonly code?: string | undefined;
  readonly cache?: string | undefined;
  /** Hash of issuer, subject and Idempotency-Key, by which the commands store knows the request. */
  readonly command?: string | undefined;
  /** The answer to an earlier request was given again. */
  readonly isReplay: boolean;
  /** As the service gets it, members from the token included. */
  readonly input?: Json | undefined;
}

/** Writes an entry down. */
export type Audit = (entry: AuditEntry) => void;

/** Longer inputs are left out. */
const MOST_CHARACTERS = 256 * 1024;

export function createAudit(
  write: (line: string) => void,
  { operations, payload }: Pick<AuditConfig, 'operations' | 'payload'>,
  callerMembers: CallerMembers,
): Audit {
  return (entry) => {
    const { requestId, trace, route, caller, status, outcome, code, cache, command, isReplay, input } = entry;
    if (operations === 'writes' && route.method === 'GET') return;
    const { issuer } = caller?.principal ?? {};
    const what = {
      service: route.service,
      operation: route.operationId,
      method: route.method,
      route: route.path,
      outcome,
      status,
      code,
      cache,
      command,
      replay: isReplay || undefined,
      ...(payload && input !== undefined && { input: shownInput(input, route) }),
    };
    const who = caller === undefined ? '' : `,"issuer":${JSON.stringify(issuer)}${callerMembers(caller)}`;
    write(
      `${lineStart()}${requestId}"${traceMembers(trace)}${who},${JSON.stringify(what).slice(1, -1)},"msg":"audit"}\n`,
    );
  };
}

function shownInput(input: Json, { sensitive = [] }: Route): Json {
  const masked = maskJson(input, sensitive);
  return JSON.stringify(masked).length > MOST_CHARACTERS ? '[too long]' : masked;
}
