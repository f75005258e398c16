import assert from 'node:assert/strict';
import { CommandStoreError, type CommandStore, type Ending } from '../../../facade/commands/command-store.ts';
import { createCommands, type Commands } from '../../../facade/commands/commands.ts';

const command = { id: 'id', claim: 'claim', fingerprint: 'f', operation: 'bank POST /v1/transfers' };
const answered: Ending = { kind: 'answered', answer: { status: 201 } };
const away = (): Promise<never> => Promise.reject(new CommandStoreError('unavailable', 'away'));

/** Parts of a store that these tests do not come to. */
const unused = {} as never;

/** A store that takes everything, and tells of each ending. */
function createStore(parts: Partial<CommandStore> = {}): {
  readonly store: CommandStore;
  readonly ended: Promise<Parameters<CommandStore['end']>>;
} {
  const { promise: ended, resolve } = Promise.withResolvers<Parameters<CommandStore['end']>>();
  return {
    ended,
    store: {
      begin: async () => ({ kind: 'begun' }),
      resend: async () => true,
      end: async (...ending) => {
        resolve(ending);
        return true;
      },
      beat: async () => undefined,
      sweep: async () => 0,
      deferred: unused,
      outbox: unused,
      inbox: unused,
      close: async () => undefined,
      ...parts,
    },
  };
}

describe('the commands of a process', () => {
  const errors: string[] = [];
  let commands: Commands | undefined;
  const create = (openStore: () => Promise<CommandStore>, leaseMs = 60_000): Commands =>
    (commands = createCommands({
      openStore,
      leaseMs,
      retryMs: 1,
      onError: (_error, what) => void errors.push(what),
    }));
  afterEach(async () => {
    await commands?.close();
    errors.length = 0;
  });

  it('write an ending later that the store did not take at once', async () => {
    let failures = 3;
    const { store, ended } = createStore();
    const flaky = {
      ...store,
      end: (...ending: Parameters<CommandStore['end']>) => (failures-- > 0 ? away() : store.end(...ending)),
    };
    const one = create(async () => flaky);
    assert.equal(await one.end('id', 'claim', answered), false);
    assert.deepEqual(await ended, ['id', 'claim', answered, undefined]);
    assert.equal(errors.length, 3);
  });

  it('free a key again whose beginning failed, for it may have been written all the same', async () => {
    const { store, ended } = createStore({ begin: away });
    const one = create(async () => store);
    await assert.rejects(one.begin(command), { code: 'unavailable' });
    assert.deepEqual(await ended, ['id', 'claim', { kind: 'released' }, undefined]);
  });

  it('leave a command unknown whose sending again could not be written', async () => {
    const { store, ended } = createStore({ resend: away });
    const one = create(async () => store);
    await assert.rejects(one.resend('id', 'claim', 'next', { kind: 'unknown' }), { code: 'unavailable' });
    assert.deepEqual(await ended, ['id', 'next', { kind: 'unknown' }, undefined]);
  });

  it('write what is left when they are closed', async () => {
    let isAway = true;
    const { store, ended } = createStore();
    const flaky = {
      ...store,
      end: (...ending: Parameters<CommandStore['end']>) => (isAway ? away() : store.end(...ending)),
    };
    const one = createCommands({ openStore: async () => flaky, leaseMs: 60_000, onError: () => undefined });
    await one.end('id', 'claim', answered);
    isAway = false;
    await one.close();
    assert.deepEqual(await ended, ['id', 'claim', answered, undefined]);
  });

  it('open their store when it is first needed, and again after that has failed', async () => {
    let opened = 0;
    const one = create(() => ((opened += 1) === 1 ? away() : Promise.resolve(createStore().store)));
    assert.equal(opened, 0);
    await assert.rejects(one.begin(command), { code: 'unavailable' });
    assert.deepEqual(await one.begin(command), { kind: 'begun' });
    await one.begin(command);
    assert.equal(opened, 2);
  });

  it('have no lease before the first beat, nor longer than the last one lasts', async () => {
    const one = create(async () => createStore().store);
    assert.equal(one.isLeaseValid(), false);
    await one.open();
    assert.equal(one.isLeaseValid(), true);
    await one.close();
    const short = create(async () => createStore().store, 0);
    await short.open();
    assert.equal(short.isLeaseValid(), false);
  });
});
