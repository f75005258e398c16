import { createHash, randomUUID } from 'node:crypto';
import type { JsonValue } from '../../wsdl/index.ts';
import { prepareKeyed } from '../calls/keyed-call.ts';
import { errorOfOutcome } from '../calls/outcome.ts';
import { CommandStoreError, type KeptAnswer } from '../commands/command-store.ts';
import type { Commands } from '../commands/commands.ts';
import type { Accepted, DeferredRecord } from '../commands/deferred-store.ts';
import type { DeferredConfig } from '../config/config.ts';
import { ProblemError } from '../http/problem.ts';
import type { CallContext, OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';
import { keptClaims } from './kept-claims.ts';
import type { Seal } from './seal.ts';
import { answerOf } from './step.ts';
import { sealCall } from './stored-call.ts';

/** What was asked for, and by whom. */
export interface DeferredRequest {
  readonly operation: OperationRuntime;
  readonly principal: Principal;
  readonly input: JsonValue;
  /** Missing: whoever repeats it gets another operation. */
  readonly key: string | undefined;
  readonly context: Pick<CallContext, 'requestId' | 'trace'>;
}

/** What became of it: an operation, new or known; or it was carried out at once before, and this was the answer. */
export type Deferred =
  | {
      readonly kind: 'accepted';
      readonly record: DeferredRecord;
      readonly isReplay: boolean;
      readonly command: string;
    }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer; readonly command: string };

/** Operations that are carried out later. */
export interface Deferral {
  /** Writes one down. @throws ProblemError 403, 409, 422, 503; ClaimError, ValueError if it does not fit its contract. */
  accept(request: DeferredRequest): Promise<Deferred>;
  /** One of the caller's. @throws ProblemError 404 if there is none, 503 */
  find(id: string, principal: Principal): Promise<DeferredRecord>;
  /** Cancels what has not begun; what was cancelled before is so. @throws ProblemError 404, 409, 503 */
  cancel(id: string, principal: Principal): Promise<DeferredRecord>;
}

export interface DeferralOptions {
  readonly commands: Commands;
  readonly seal: Seal;
  readonly config: DeferredConfig;
  /** Told of each operation that is new. */
  readonly onAccepted: () => void;
}

const LATER = { 'Retry-After': '5' };

export function createDeferral(options: DeferralOptions): Deferral {
  const { commands } = options;
  const find: Deferral['find'] = async (id, principal) => {
    const record = await orUnavailable(async () => (await commands.store()).deferred.find(id));
    if (record?.caller === callerOf(principal)) return record;
    throw new ProblemError('not-found', { detail: 'You have no such operation, or not any more.' });
  };
  return {
    accept: (request) => accept(request, options),
    find,
    async cancel(id, principal) {
      const answer = answerOf(new ProblemError('operation-cancelled').problem);
      await orUnavailable(async () =>
        (await commands.store()).deferred.cancel(id, callerOf(principal), answer),
      );
      const record = await find(id, principal);
      if (record.state !== 'cancelled') throw new ProblemError('operation-started');
      return record;
    },
  };
}

async function accept(
  { operation, principal, input, key, context }: DeferredRequest,
  { commands, seal, config, onAccepted }: DeferralOptions,
): Promise<Deferred> {
  const id = randomUUID();
  const { route } = operation;
  // A key that no client can have: one with a line end.
  const call = prepareKeyed(operation, principal, input, key ?? `\n${id}`);
  const { issuer, subject } = principal;
  const { command, keyUuid, prepared } = call;
  const { fingerprint } = command;
  const claims = keptClaims(route, principal);
  const stored = { input: prepared.input, issuer, subject, claims, keyUuid, fingerprint, ...context };
  const giveUpMs = (route.deferral?.expiresAfterSeconds ?? config.expiresAfterSeconds) * 1000;
  const { service, operationId: name } = route;
  const content = sealCall(stored, id, seal);
  const found = await orUnavailable(() =>
    commands.accept(command, { id, service, name, caller: callerOf(principal), content, giveUpMs }),
  );
  if (found.kind === 'accepted') onAccepted();
  return toDeferred(found, id, command.id, commands);
}

async function toDeferred(
  found: Accepted,
  id: string,
  command: string,
  commands: Commands,
): Promise<Deferred> {
  switch (found.kind) {
    case 'answered':
      return { kind: 'answered', answer: found.answer, command };
    case 'different':
    case 'running':
      throw errorOfOutcome(found);
    case 'unknown':
    case 'begun':
      throw errorOfOutcome({ kind: 'unsettled' });
    case 'accepted':
    case 'known':
    case 'deferred': {
      const operation = found.kind === 'accepted' ? id : found.operation;
      const record = await orUnavailable(async () => (await commands.store()).deferred.find(operation));
      if (record === undefined) throw new ProblemError('answer-not-kept');
      return { kind: 'accepted', record, isReplay: found.kind !== 'accepted', command };
    }
  }
}

/** Who may see it. */
function callerOf({ issuer, subject }: Principal): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
}

/** Refused rather than accepted and lost. */
async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CommandStoreError)) throw error;
    throw new ProblemError('commands-unavailable', {}, LATER, { cause: error });
  }
}
