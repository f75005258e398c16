import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../../../connectors/index.ts';
import type { CommandStore, StoreTimes } from '../../../facade/commands/command-store.ts';
import type { ReceivedEvent } from '../../../facade/commands/inbox-store.ts';
import type { NewEvent } from '../../../facade/commands/outbox-store.ts';
import type { Place } from './store-suite.ts';

const LONG: StoreTimes = { answeredMs: 60_000, unknownMs: 60_000, leaseMs: 60_000, eventsMs: 60_000 };
const NONE = 0;

const eventOf = (text = 'x', more: Partial<BusEvent> = {}): BusEvent => ({
  id: randomUUID(),
  event: 'transfer.completed',
  time: '2026-03-01T09:30:00Z',
  data: Buffer.from(`{"text":"${text}"}`),
  ...more,
});

const receivedOf = (more: Partial<ReceivedEvent> = {}): ReceivedEvent => ({
  uid: randomUUID(),
  event: 'transfer.completed',
  body: Buffer.from('{"é":1}'),
  owners: ['anna'],
  targets: [],
  ...more,
});

/** What every commands store has to do with events; `createPlace` gives a new, empty one. */
export function holdsEvents(createPlace: () => Promise<Place>): void {
  let place: Place;
  let stores: CommandStore[];
  const open = async (times: Partial<StoreTimes> = {}): Promise<CommandStore> => {
    const store = await place.open({ ...LONG, ...times });
    stores.push(store);
    await store.beat();
    return store;
  };
  /** Ends a command of its own with an event of this lane. */
  const tell = async (store: CommandStore, lane: string, event: BusEvent = eventOf()): Promise<NewEvent> => {
    const [id, claim] = [randomUUID(), randomUUID()];
    await store.begin({ id, claim, fingerprint: 'f', operation: 'bank POST /v1/transfers' });
    assert.equal(await store.end(id, claim, { kind: 'released' }, { lane, event }), true);
    return { lane, event };
  };
  beforeEach(async () => {
    stores = [];
    place = await createPlace();
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await place.free();
  });

  describe('the outbox', () => {
    it('holds the event of every way a command may end, whole, and once', async () => {
      const store = await open();
      const endings = [
        { kind: 'answered', answer: { status: 201, body: Buffer.from('{}') } },
        { kind: 'released' },
        { kind: 'unknown' },
      ] as const;
      const event = eventOf('é', {
        contentType: 'application/xml',
        dataSchema: 'urn:s',
        requestId: 'r',
        extensions: { a: 'b' },
      });
      for (const ending of endings) {
        const [id, claim] = [randomUUID(), randomUUID()];
        await store.begin({ id, claim, fingerprint: 'f', operation: 'o' });
        assert.equal(await store.end(id, claim, ending, { lane: id, event }), true);
        assert.equal(await store.end(id, claim, ending, { lane: id, event }), false, 'ended already');
      }
      const claimed = await store.outbox.claim(10);
      assert.equal(claimed.length, 3);
      for (const { event: told, attempts } of claimed)
        assert.deepEqual([{ ...told, data: Buffer.from(told.data) }, attempts], [event, 0]);
    });

    it('has no event of an attempt that does not count', async () => {
      const store = await open();
      const [id, claim] = [randomUUID(), randomUUID()];
      await store.begin({ id, claim, fingerprint: 'f', operation: 'o' });
      const event = { lane: 'a', event: eventOf() };
      assert.equal(await store.end(id, randomUUID(), { kind: 'released' }, event), false);
      assert.deepEqual(await store.outbox.depth(), { waiting: 0, oldestMs: 0 });
    });

    it('gives a lane to one process at a time, in its order', async () => {
      const [one, other] = [await open(), await open()];
      const told = [await tell(one, 'a'), await tell(one, 'b'), await tell(one, 'a')];
      const first = await one.outbox.claim(2);
      assert.deepEqual(
        first.map(({ event }) => event.id),
        told.slice(0, 2).map(({ event }) => event.id),
      );
      await tell(one, 'a');
      await tell(one, 'c');
      const others = await other.outbox.claim(10);
      assert.deepEqual(
        others.map(({ lane }) => lane),
        ['c'],
      );
      assert.deepEqual(await one.outbox.claim(10), [], 'not even to itself');
      await one.outbox.settle({ published: first.map(({ seq }) => seq), refused: [], released: [] });
      assert.deepEqual(
        (await other.outbox.claim(10)).map(({ lane }) => lane),
        ['a', 'a'],
      );
    });

    it('shares out what many claim at once without giving anything twice', async () => {
      const some = [await open(), await open(), await open()];
      for (let count = 0; count < 60; count += 1) await tell(some[0]!, `lane ${count % 20}`);
      const claims = await Promise.all([...some, ...some, ...some].map((store) => store.outbox.claim(10)));
      const seqs = claims.flat().map(({ seq }) => seq);
      assert.equal(new Set(seqs).size, seqs.length);
      const lanes = claims.map((claimed) => new Set(claimed.map(({ lane }) => lane)));
      const all = lanes.flatMap((of) => [...of]);
      assert.equal(new Set(all).size, all.length, 'a lane has one at work on it');
    });

    it('has a lane wait whose event was refused, and lets the others go on', async () => {
      const store = await open();
      for (const lane of ['a', 'a', 'b']) await tell(store, lane);
      const [first, second, third] = await store.outbox.claim(10);
      await store.outbox.settle({
        published: [third!.seq],
        refused: [{ seq: first!.seq, delayMs: 60_000 }],
        released: [second!.seq],
      });
      assert.deepEqual(await store.outbox.claim(10), []);
      assert.equal((await store.outbox.depth()).waiting, 2);
    });

    it('counts how often an event was refused', async () => {
      const store = await open();
      await tell(store, 'a');
      for (const attempts of [0, 1, 2]) {
        const [event] = await store.outbox.claim(1);
        assert.equal(event?.attempts, attempts);
        await store.outbox.settle({ published: [], refused: [{ seq: event.seq, delayMs: 0 }], released: [] });
      }
    });

    it('frees what a process had claimed whose lease ran out, or that closed', async () => {
      const [dead, alive, closing] = [await open({ leaseMs: NONE }), await open(), await place.open(LONG)];
      await closing.beat();
      await tell(alive, 'a');
      assert.equal((await dead.outbox.claim(1)).length, 1);
      assert.equal((await closing.outbox.claim(1)).length, 1);
      assert.equal((await alive.outbox.claim(1)).length, 0);
      await closing.close();
      assert.equal((await alive.outbox.claim(1)).length, 1);
    });

    it('forgets what was published after its time, in bounded steps, and never what waits', async () => {
      const store = await open({ eventsMs: NONE });
      for (let count = 0; count < 5; count += 1) await tell(store, 'a');
      const published = (await store.outbox.claim(4)).map(({ seq }) => seq);
      await store.outbox.settle({ published, refused: [], released: [] });
      assert.deepEqual(
        [await store.outbox.sweep(3), await store.outbox.sweep(3), await store.outbox.sweep(3)],
        [3, 1, 0],
      );
      const { waiting, oldestMs } = await store.outbox.depth();
      assert.equal(waiting, 1);
      assert.ok(oldestMs >= 0 && oldestMs < 60_000, String(oldestMs));
    });
  });

  describe('the inbox', () => {
    it('takes an event once, whoever brings it', async () => {
      const [one, other] = [await open(), await open()];
      const event = receivedOf({ targets: ['office'] });
      const taken = await Promise.all([one, other, one].map(({ inbox }) => inbox.receive(event)));
      assert.equal(taken.filter(Boolean).length, 1);
      assert.equal((await one.inbox.after(0, 10)).length, 1);
      assert.equal((await one.inbox.claimDue('office', 10)).length, 1);
    });

    it('gives events in their order, to each owner his own', async () => {
      const store = await open();
      assert.equal(await store.inbox.newest(), undefined);
      const owners = [['anna'], ['ben'], ['anna', 'ben', 'anna'], []];
      for (const [index, of] of owners.entries())
        await store.inbox.receive(receivedOf({ uid: `${index}`, owners: of }));
      const all = await store.inbox.after(0, 10);
      assert.deepEqual(
        all.map(({ owners: of }) => [...of].sort()),
        [['anna'], ['ben'], ['anna', 'ben'], []],
      );
      assert.deepEqual(Buffer.from(all[0]!.body), Buffer.from('{"é":1}'));
      const annas = await store.inbox.ownAfter(['anna'], 0, 10);
      assert.deepEqual(
        annas.map(({ seq }) => seq),
        [all[0]!.seq, all[2]!.seq],
      );
      const both = await store.inbox.ownAfter(['anna', 'ben'], all[0]!.seq, 1);
      assert.deepEqual(
        both.map(({ seq }) => seq),
        [all[1]!.seq],
      );
      assert.deepEqual(await store.inbox.newest(), { seq: all[3]!.seq, position: all[3]!.position });
      assert.equal(await store.inbox.seqOf(all[1]!.position), all[1]!.seq);
      assert.equal(await store.inbox.seqOf('nonsense'), undefined);
    });

    it('makes the events of many visible in their order', async () => {
      const some = [await open(), await open(), await open()];
      const seen: number[] = [];
      let position = 0;
      const read = async (): Promise<void> => {
        for (const { seq } of await some[0]!.inbox.after(position, 1000)) {
          seen.push(seq);
          position = seq;
        }
      };
      const writes = Array.from({ length: 60 }, (_, index) => some[index % 3]!.inbox.receive(receivedOf()));
      for (const write of writes) {
        await write;
        await read();
      }
      await read();
      assert.equal(seen.length, 60, 'none was passed over');
    });

    it('forgets events after their time; a client that was there is not where it was', async () => {
      const store = await open({ eventsMs: NONE });
      await store.inbox.receive(receivedOf());
      const { position } = (await store.inbox.newest())!;
      assert.equal(await store.inbox.seqOf(position), undefined, 'over at once');
      assert.deepEqual(await store.inbox.after(0, 10), []);
      assert.equal(await store.inbox.sweep(10), 1);
      assert.equal(await store.inbox.sweep(10), 0);
    });

    it('gives a delivery to one process at a time, until it is delivered', async () => {
      const [one, other] = [await open(), await open()];
      for (let count = 0; count < 20; count += 1)
        await one.inbox.receive(receivedOf({ targets: ['office'] }));
      const claims = await Promise.all(
        [one, other, one, other].map(({ inbox }) => inbox.claimDue('office', 15)),
      );
      const numbers = claims.flat().map(({ number }) => number);
      assert.equal(new Set(numbers).size, numbers.length);
      for (const [index, claimed] of claims.entries())
        for (const { number } of claimed)
          await [one, other][index % 2]!.inbox.settle(number, { kind: 'delivered' });
      for (const { number } of await one.inbox.claimDue('office', 100))
        await one.inbox.settle(number, { kind: 'delivered' });
      assert.deepEqual(await other.inbox.claimDue('office', 100), []);
      assert.equal((await other.inbox.list('delivered', 100)).length, 20);
    });

    it('tries a delivery again when it is due, and shows why it failed', async () => {
      const store = await open();
      await store.inbox.receive(receivedOf({ targets: ['office'] }));
      const [first] = await store.inbox.claimDue('office', 1);
      await store.inbox.settle(first!.number, { kind: 'again', delayMs: 0, reason: '500' });
      const [second] = await store.inbox.claimDue('office', 1);
      assert.equal(second?.attempts, 1);
      await store.inbox.settle(second.number, { kind: 'again', delayMs: 60_000, reason: '503' });
      assert.deepEqual(await store.inbox.claimDue('office', 1), []);
      const [shown] = await store.inbox.list(undefined, 10);
      assert.deepEqual([shown?.state, shown?.attempts, shown?.reason], ['waiting', 2, '503']);
      assert.ok(shown!.nextAt > shown!.createdAt);
    });

    it('keeps what is dead, until it is to be tried again', async () => {
      const store = await open();
      for (const target of ['office', 'ledger']) await store.inbox.receive(receivedOf({ targets: [target] }));
      for (const target of ['office', 'ledger'])
        for (const { number } of await store.inbox.claimDue(target, 2))
          await store.inbox.settle(number, { kind: 'dead', reason: 'gone' });
      const dead = await store.inbox.list('dead', 10);
      assert.deepEqual(
        dead.map(({ target }) => target),
        ['ledger', 'office'],
      );
      assert.equal(await store.inbox.sweep(10), 0);
      assert.equal(await store.inbox.replay(dead[0]!.number), 1);
      assert.deepEqual(
        (await store.inbox.claimDue('ledger', 2)).map(({ target, attempts }) => [target, attempts]),
        [['ledger', 0]],
      );
      assert.equal(await store.inbox.replay(undefined), 1);
    });

    it('has a delivery again that nobody has settled when its process is gone', async () => {
      const [dead, alive] = [await open({ leaseMs: NONE }), await open()];
      await alive.inbox.receive(receivedOf({ targets: ['office'] }));
      const [claimed] = await dead.inbox.claimDue('office', 1);
      assert.equal((await alive.inbox.claimDue('office', 1)).length, 1);
      await dead.inbox.settle(claimed!.number, { kind: 'again', delayMs: 60_000, reason: 'late' });
      assert.equal((await alive.inbox.list('waiting', 1))[0]?.attempts, 0, 'the one that counts is another');
    });
  });
}
