import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type {
  CommandStore,
  KeptAnswer,
  NewCommand,
  StoreTimes,
} from '../../../facade/commands/command-store.ts';
import type { NewDeferred, TakenOperation } from '../../../facade/commands/deferred-store.ts';
import type { Place } from './store-suite.ts';

const LONG: StoreTimes = { answeredMs: 60_000, unknownMs: 60_000, leaseMs: 60_000, eventsMs: 60_000 };
const NONE = 0;
const answer: KeptAnswer = { status: 201, contentType: 'application/json', body: Buffer.from('{"a":"é"}') };
const refusal: KeptAnswer = { status: 409, contentType: 'application/problem+json', body: Buffer.from('{}') };
const content = Buffer.from([0, 1, 255]);

interface Deferred {
  readonly command: NewCommand;
  readonly operation: NewDeferred;
}

const newDeferred = (parts: Partial<NewDeferred> = {}, commandId: string = randomUUID()): Deferred => {
  const id = randomUUID();
  return {
    command: { id: commandId, claim: id, fingerprint: 'f', operation: 'bank POST /v1/transfers' },
    operation: { id, service: 'bank', name: 'transfer', caller: 'anna', content, giveUpMs: 60_000, ...parts },
  };
};

/** What every store has to do with operations that are carried out later. */
export function holdsOperations(createPlace: () => Promise<Place>): void {
  describe('operations to be carried out later', () => {
    holdAll(createPlace);
  });
}

function holdAll(createPlace: () => Promise<Place>): void {
  let place: Place;
  let stores: CommandStore[];
  const open = async (times: Partial<StoreTimes> = {}): Promise<CommandStore> => {
    const store = await place.open({ ...LONG, ...times });
    stores.push(store);
    await store.beat();
    return store;
  };
  const accept = async (store: CommandStore, parts: Partial<NewDeferred> = {}): Promise<Deferred> => {
    const deferred = newDeferred(parts);
    assert.deepEqual(await store.deferred.accept(deferred.command, deferred.operation), { kind: 'accepted' });
    return deferred;
  };
  const takeOne = async (store: CommandStore): Promise<TakenOperation> => {
    const [taken] = await store.deferred.take('bank', 1);
    assert.ok(taken, 'there is one to take');
    return taken;
  };
  beforeEach(async () => {
    stores = [];
    place = await createPlace();
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await place.free();
  });

  it('keep what is to be carried out later, and give it to one process', async () => {
    const [one, other] = [await open(), await open()];
    const { command, operation } = await accept(one);
    const found = await other.deferred.find(operation.id);
    assert.ok(found);
    const { acceptedAt, giveUpAt, ...rest } = found;
    assert.equal(giveUpAt - acceptedAt, 60_000);
    const { id, service, name, caller } = operation;
    const told = { id, service, name, caller, route: command.operation, state: 'accepted', tries: 0 };
    assert.deepEqual({ ...rest }, told);
    const taken = await takeOne(other);
    assert.deepEqual(
      [taken.id, taken.command, taken.route, taken.tries, taken.isGivenUp, Buffer.from(taken.content)],
      [id, command.id, command.operation, 1, false, content],
    );
    assert.deepEqual(await one.deferred.take('bank', 10), []);
    assert.equal((await one.deferred.find(id))?.state, 'running');
  });

  it('are taken once each by processes in a hurry, whatever their number', async () => {
    const processes = [await open(), await open(), await open()];
    const ids = await Promise.all(
      Array.from({ length: 60 }, async () => (await accept(processes[0]!)).operation.id),
    );
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, index) => processes[index % 3]!.deferred.take('bank', 3)),
    );
    const all = taken.flat().map(({ id }) => id);
    for (const rest of await processes[0]!.deferred.take('bank', 60)) all.push(rest.id);
    assert.deepEqual(all.sort(), ids.sort());
  });

  it('are known again by their command, whatever became of them', async () => {
    const store = await open();
    const { command, operation } = await accept(store);
    const again = newDeferred({}, command.id);
    const known = { kind: 'known', operation: operation.id };
    assert.deepEqual(await store.deferred.accept(again.command, again.operation), known);
    const { claim } = await takeOne(store);
    await store.deferred.finish(operation.id, claim, 'succeeded', undefined, answer);
    assert.deepEqual(await store.deferred.accept(again.command, again.operation), known);
    const other = { ...again.command, fingerprint: 'other' };
    assert.deepEqual(await store.deferred.accept(other, again.operation), { kind: 'different' });
  });

  it('are not accepted where the command was sent at once', async () => {
    const store = await open();
    const { command, operation } = newDeferred();
    await store.begin(command);
    assert.deepEqual(await store.deferred.accept(command, operation), { kind: 'running' });
    await store.end(command.id, command.claim, { kind: 'answered', answer });
    assert.equal((await store.deferred.accept(command, operation)).kind, 'answered');
    assert.equal(await store.deferred.find(operation.id), undefined);
  });

  it('accept a command once, however many ask at the same time', async () => {
    const [one, other] = [await open(), await open()];
    const commandId = randomUUID();
    const asked = Array.from({ length: 20 }, (_, index) => {
      const { command, operation } = newDeferred({}, commandId);
      return (index % 2 === 0 ? one : other).deferred.accept(command, operation);
    });
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind);
    assert.deepEqual([kinds.filter((kind) => kind === 'accepted').length, new Set(kinds).size], [1, 2]);
    assert.equal((await one.deferred.take('bank', 10)).length, 1);
  });

  it('keep their command from being sent by another, until it is their turn', async () => {
    const store = await open();
    const { command, operation } = await accept(store);
    const begin = (): ReturnType<CommandStore['begin']> => store.begin({ ...command, claim: randomUUID() });
    assert.deepEqual(await begin(), { kind: 'deferred', operation: operation.id });
    const claim = randomUUID();
    assert.equal(await store.resend(command.id, operation.id, claim), true);
    assert.equal((await begin()).kind, 'running');
    assert.equal(await store.resend(command.id, operation.id, randomUUID()), false);
    await store.end(command.id, claim, { kind: 'deferred', operation: operation.id });
    assert.equal((await begin()).kind, 'deferred');
  });

  it('are taken again later, as they were left', async () => {
    const store = await open();
    const { operation } = await accept(store);
    const { claim } = await takeOne(store);
    assert.equal(
      await store.deferred.postpone(operation.id, claim, 'unsettled', 60_000, 'upstream-timeout'),
      true,
    );
    assert.deepEqual(await store.deferred.take('bank', 1), []);
    const found = await store.deferred.find(operation.id);
    assert.deepEqual([found?.state, found?.reason, found?.tries], ['unsettled', 'upstream-timeout', 1]);
    const next = await accept(store);
    const { claim: another } = await takeOne(store);
    await store.deferred.postpone(next.operation.id, another, 'accepted', NONE, 'upstream-unreachable');
    assert.equal((await takeOne(store)).tries, 2);
  });

  it('are taken over from a dead process, whose word then counts no more', async () => {
    const [dead, alive] = [await open({ leaseMs: NONE }), await open()];
    const { operation } = await accept(dead);
    const { claim } = await takeOne(dead);
    const taken = await takeOne(alive);
    assert.deepEqual([taken.id, taken.tries], [operation.id, 2]);
    assert.equal(await dead.deferred.finish(operation.id, claim, 'succeeded'), false);
    assert.equal(await dead.deferred.postpone(operation.id, claim, 'accepted', NONE, 'r'), false);
    assert.equal(await alive.deferred.finish(operation.id, taken.claim, 'succeeded'), true);
  });

  it('say when their time is over', async () => {
    const store = await open();
    await accept(store, { giveUpMs: NONE });
    assert.equal((await takeOne(store)).isGivenUp, true);
  });

  it('are taken by service', async () => {
    const store = await open();
    const { operation } = await accept(store, { service: 'cards' });
    assert.deepEqual(await store.deferred.take('bank', 10), []);
    assert.equal((await store.deferred.take('cards', 10))[0]?.id, operation.id);
  });

  it('have the answer of their command when they are done, and their content no longer', async () => {
    const store = await open();
    const { command, operation } = await accept(store);
    const { id } = operation;
    const { claim } = await takeOne(store);
    const sending = randomUUID();
    await store.resend(command.id, id, sending);
    await store.end(command.id, sending, { kind: 'answered', answer });
    assert.deepEqual(Buffer.from((await store.deferred.contentOf(id))!), content);
    assert.equal(await store.deferred.finish(id, claim, 'succeeded', undefined, refusal), true);
    const found = await store.deferred.find(id);
    assert.equal(found?.state, 'succeeded');
    assert.ok(found.finishedAt! >= found.acceptedAt);
    assert.deepEqual({ ...found.answer, body: Buffer.from(found.answer!.body!) }, answer);
    assert.equal(await store.deferred.contentOf(id), undefined);
  });

  it('give their command the answer that it lacks', async () => {
    const store = await open();
    const { command, operation } = await accept(store);
    const { claim } = await takeOne(store);
    await store.deferred.finish(operation.id, claim, 'failed', 'deferral-expired', refusal);
    const begun = await store.begin({ ...command, claim: randomUUID() });
    assert.ok(begun.kind === 'answered');
    assert.equal(begun.answer.status, 409);
  });

  it('are cancelled by their caller as long as nothing has begun', async () => {
    const store = await open();
    const { command, operation } = await accept(store);
    const { id } = operation;
    assert.equal(await store.deferred.cancel(id, 'ben', refusal), false);
    assert.equal(await store.deferred.cancel(id, 'anna', refusal), true);
    assert.equal(await store.deferred.cancel(id, 'anna', refusal), false);
    assert.deepEqual(await store.deferred.take('bank', 10), []);
    assert.equal((await store.begin({ ...command, claim: randomUUID() })).kind, 'answered');
    assert.equal(await store.deferred.contentOf(id), undefined);
    const { operation: running } = await accept(store);
    await takeOne(store);
    assert.equal(await store.deferred.cancel(running.id, 'anna', refusal), false);
  });

  it('are either cancelled or taken, never both', async () => {
    const [one, other] = [await open(), await open()];
    const rounds = Array.from({ length: 40 }, async () => {
      const service = randomUUID();
      const { operation } = await accept(one, { service });
      const [isCancelled, taken] = await Promise.all([
        one.deferred.cancel(operation.id, 'anna', refusal),
        other.deferred.take(service, 1),
      ]);
      return isCancelled === (taken.length === 0);
    });
    assert.ok((await Promise.all(rounds)).every(Boolean));
  });

  it('are resolved by a person where nobody else can tell', async () => {
    const store = await open();
    const park = async (): Promise<Deferred> => {
      const deferred = await accept(store);
      const { id } = deferred.operation;
      const { claim } = await takeOne(store);
      const sending = randomUUID();
      await store.resend(deferred.command.id, id, sending);
      await store.end(deferred.command.id, sending, { kind: 'unknown' });
      await store.deferred.finish(id, claim, 'unknown', 'upstream-timeout');
      return deferred;
    };
    const done = await park();
    assert.deepEqual(
      (await store.deferred.list(['unknown'], 10)).map(({ id }) => id),
      [done.operation.id],
    );
    assert.equal(await store.deferred.resolve(done.operation.id, { kind: 'succeeded', answer }), true);
    assert.equal(await store.deferred.resolve(done.operation.id, { kind: 'failed', answer: refusal }), false);
    const found = await store.deferred.find(done.operation.id);
    assert.deepEqual([found?.state, found?.answer?.status], ['succeeded', 201]);
    assert.equal((await store.begin({ ...done.command, claim: randomUUID() })).kind, 'answered');
    const again = await park();
    assert.deepEqual(Buffer.from((await store.deferred.contentOf(again.operation.id))!), content);
    await store.deferred.resolve(again.operation.id, { kind: 'retry', giveUpMs: 60_000 });
    assert.equal((await takeOne(store)).id, again.operation.id);
    const begun = await store.begin({ ...again.command, claim: randomUUID() });
    assert.deepEqual(begun, { kind: 'deferred', operation: again.operation.id });
  });

  it('are forgotten after their time, and not before they are done', async () => {
    const store = await open({ answeredMs: NONE, unknownMs: NONE });
    const { operation: waiting } = await accept(store);
    const { operation: done } = await accept(store);
    const taken = await store.deferred.take('bank', 2);
    const { claim } = taken[0]!;
    await store.deferred.finish(done.id, claim, 'succeeded', undefined, answer);
    assert.equal(await store.deferred.find(done.id), undefined, 'over at once');
    await store.deferred.sweep(10);
    assert.equal((await store.deferred.list(['succeeded'], 10)).length, 0);
    assert.equal((await store.deferred.find(waiting.id))?.state, 'running');
  });

  it('go with their command where accepting it failed', async () => {
    const store = await open();
    const { command, operation } = await accept(store);
    await store.end(command.id, operation.id, { kind: 'released' });
    assert.equal(await store.deferred.find(operation.id), undefined);
    assert.equal((await store.begin({ ...command, claim: randomUUID() })).kind, 'begun');
  });
}
