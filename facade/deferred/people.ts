import type { JsonValue } from '../../wsdl/index.ts';
import type { DeferredRecord, DeferredState, DeferredStore } from '../commands/deferred-store.ts';
import { openCommandStore } from '../commands/open-command-store.ts';
import type { PorticoConfig } from '../config/config.ts';
import { ProblemError } from '../http/problem.ts';
import { openSeal } from './open-seal.ts';
import { answerOf } from './step.ts';
import { openCall } from './stored-call.ts';

/** What a person who looks after operations may see and do. */
export interface OperationsDesk {
  /** The newest first. */
  list(states: readonly DeferredState[], most: number): Promise<readonly DeferredRecord[]>;
  find(id: string): Promise<DeferredRecord | undefined>;
  /** What was to be done; undefined where that is erased, or no key opens it. */
  inputOf(id: string): Promise<JsonValue | undefined>;
  /** It was carried out: `result` is what the service answered, if that is known. @returns false unless its outcome is unknown. */
  succeeded(id: string, result?: JsonValue): Promise<boolean>;
  /** It was not carried out, and is not to be. */
  failed(id: string): Promise<boolean>;
  /** It was not carried out, and is to be, now. */
  retry(id: string): Promise<boolean>;
  close(): Promise<void>;
}

const CREATED = 201;
const NO_CONTENT = 204;

/** The operations in the store of a configuration. @throws CommandStoreError, ConfigError */
export async function openOperationsDesk(
  { commands }: Pick<PorticoConfig, 'commands'>,
  configDir: string,
): Promise<OperationsDesk> {
  const seal = openSeal(commands.deferred, configDir);
  const store = await openCommandStore(commands, configDir, () => undefined);
  const deferred: DeferredStore = store.deferred;
  return {
    list: (states, most) => deferred.list(states, most),
    find: (id) => deferred.find(id),
    async inputOf(id) {
      const content = await deferred.contentOf(id);
      return content && openCall(content, id, seal)?.input;
    },
    succeeded: (id, result) =>
      deferred.resolve(id, {
        kind: 'succeeded',
        answer:
          result === undefined
            ? { status: NO_CONTENT, body: new Uint8Array() }
            : {
                status: CREATED,
                contentType: 'application/json',
                body: Buffer.from(JSON.stringify(result)),
              },
      }),
    failed: (id) =>
      deferred.resolve(id, {
        kind: 'failed',
        answer: answerOf(new ProblemError('operation-not-carried-out').problem),
      }),
    retry: (id) =>
      deferred.resolve(id, { kind: 'retry', giveUpMs: commands.deferred.expiresAfterSeconds * 1000 }),
    close: () => store.close(),
  };
}
