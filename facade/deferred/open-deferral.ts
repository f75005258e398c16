import type { Logger } from 'pino';
import type { OnceGuards } from '../calls/carry-out-once.ts';
import type { TakenOperation } from '../commands/deferred-store.ts';
import type { DeferredConfig } from '../config/config.ts';
import type { Audit, Outcome } from '../log/audit-log.ts';
import { toCaller } from '../http/auth/caller.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import { createDeferral, type Deferral } from './deferral.ts';
import { openSeal } from './open-seal.ts';
import type { Step } from './step.ts';
import type { Turn } from './take-turn.ts';
import { startWorker } from './worker.ts';

export interface OpenDeferralOptions {
  readonly config: DeferredConfig;
  readonly configDir: string;
  readonly operations: readonly OperationRuntime[];
  readonly once: OnceGuards;
  readonly logger: Logger;
  readonly audit: Audit | undefined;
  readonly track: (work: Promise<void>) => void;
  readonly isStopping: () => boolean;
}

export interface OpenDeferral extends Deferral {
  close(): Promise<void>;
}

/** Carrying out later, if any route may be: its worker starts now. @throws ConfigError for a key that is of no use. */
export function openDeferral(options: OpenDeferralOptions): OpenDeferral | undefined {
  const { config, configDir, operations, once, logger, track, isStopping } = options;
  const deferrable = operations.filter(({ route }) => route.deferral !== undefined);
  if (deferrable.length === 0) return undefined;
  const { commands } = once;
  const seal = openSeal(config, configDir);
  const worker = startWorker({
    commands,
    once,
    seal,
    config,
    operations: new Map(operations.map((operation) => [nameOf(operation), operation])),
    services: [...new Set(deferrable.map(({ route }) => route.service))],
    track,
    isStopping,
    onTurn: (taken, turn) => {
      tell(taken, turn, options);
    },
    onError: (error, what) => {
      logger.error({ err: error }, what);
    },
  });
  const deferral = createDeferral({
    commands,
    seal,
    config,
    onAccepted: () => {
      worker.wake();
    },
  });
  return { ...deferral, close: () => worker.close() };
}

/** As commands name it. */
function nameOf({ route: { service, method, path } }: OperationRuntime): string {
  return `${service} ${method} ${path}`;
}

const OUTCOMES = { succeeded: 'succeeded', unknown: 'unknown' } as const;

/** What is over goes to the audit log, what only a person can settle also to the log, as an error. */
function tell({ id, route, tries, command }: TakenOperation, turn: Turn, options: OpenDeferralOptions): void {
  const { step, operation, call } = turn;
  const line = { operation: id, route, attempts: tries, code: step.reason, requestId: call?.requestId };
  if (operation === undefined || call === undefined)
    options.logger.error(
      line,
      'An operation cannot be carried out: its route, or the key of what is stored, is missing',
    );
  if (step.kind === 'postpone') {
    options.logger.debug(line, 'An operation waits');
    return;
  }
  if (step.state === 'unknown')
    options.logger.error(
      line,
      'It is not known whether an operation was carried out: find out, and say so by "portico operations resolve"',
    );
  if (operation === undefined || call === undefined) return;
  const { issuer, subject, requestId, trace } = call;
  options.audit?.({
    requestId,
    trace,
    route: operation.route,
    caller: toCaller({ issuer, subject, scopes: new Set(), claims: {} }, 'Bearer'),
    outcome: outcomeOf(step),
    status: step.answer?.status ?? operation.route.status,
    code: step.reason,
    command,
    isReplay: false,
    input: call.input,
  });
}

/** A failure that Portico itself puts an answer to never was the service's word. */
function outcomeOf({ state, answer }: Extract<Step, { readonly kind: 'finish' }>): Outcome {
  if (state === 'failed') return answer === undefined ? 'fault' : 'failed';
  return OUTCOMES[state];
}
