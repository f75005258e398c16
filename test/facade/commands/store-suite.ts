import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CommandStore, KeptAnswer, StoreTimes } from '../../../facade/commands/command-store.ts';

/** Opens a store as another process would; all of one `Place` share the commands. */
export interface Place {
  open(times: StoreTimes): Promise<CommandStore>;
  free(): Promise<void>;
}

const LONG: StoreTimes = { answeredMs: 60_000, unknownMs: 60_000, leaseMs: 60_000, eventsMs: 60_000 };
/** Over as soon as it is looked at. */
const NONE = 0;

const answer: KeptAnswer = { status: 201, contentType: 'application/json', body: Buffer.from('{"a":"é"}') };

const newCommand = (id: string = randomUUID(), fingerprint = 'f'): Parameters<CommandStore['begin']>[0] => ({
  id,
  claim: randomUUID(),
  fingerprint,
  operation: 'bank POST /v1/transfers',
});

/** What every commands store has to do; `createPlace` gives a new, empty one. */
export function holdsCommands(createPlace: () => Promise<Place>): void {
  let place: Place;
  let stores: CommandStore[];

  /** A process with a lease. */
  const open = async (times: Partial<StoreTimes> = {}): Promise<CommandStore> => {
    const store = await place.open({ ...LONG, ...times });
    stores.push(store);
    await store.beat();
    return store;
  };
  beforeEach(async () => {
    stores = [];
    place = await createPlace();
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await place.free();
  });

  it('lets one caller begin, and gives its answer to all others, byte for byte', async () => {
    const store = await open();
    const command = newCommand();
    assert.deepEqual(await store.begin(command), { kind: 'begun' });
    assert.deepEqual(await store.begin(newCommand(command.id)), { kind: 'running' });
    assert.equal(await store.end(command.id, command.claim, { kind: 'answered', answer }), true);
    const again = await store.begin(newCommand(command.id));
    assert.ok(again.kind === 'answered');
    assert.deepEqual([again.answer.status, again.answer.contentType], [201, 'application/json']);
    assert.deepEqual(Buffer.from(again.answer.body!), answer.body);
  });

  it('lets exactly one of two processes begin, a hundred times over', async () => {
    const [one, other] = [await open(), await open()];
    const rounds = Array.from({ length: 100 }, async () => {
      const { id } = newCommand();
      return Promise.all([one, other, one, other].map((store) => store.begin(newCommand(id))));
    });
    for (const found of await Promise.all(rounds))
      assert.deepEqual(found.map(({ kind }) => kind).sort(), ['begun', 'running', 'running', 'running']);
  });

  it('tells another payload under the same id, answered or not', async () => {
    const store = await open();
    const command = newCommand();
    await store.begin(command);
    assert.deepEqual(await store.begin(newCommand(command.id, 'other')), { kind: 'different' });
    await store.end(command.id, command.claim, { kind: 'answered', answer });
    assert.deepEqual(await store.begin(newCommand(command.id, 'other')), { kind: 'different' });
  });

  it('keeps an answer without a body, with an empty one, and with every byte', async () => {
    const store = await open();
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
    const kinds: KeptAnswer[] = [
      { status: 201 },
      { status: 202, body: Buffer.alloc(0) },
      { ...answer, body: bytes },
    ];
    for (const kept of kinds) {
      const command = newCommand();
      await store.begin(command);
      await store.end(command.id, command.claim, { kind: 'answered', answer: kept });
      const found = await store.begin(newCommand(command.id));
      assert.ok(found.kind === 'answered');
      assert.equal(found.answer.status, kept.status);
      assert.deepEqual(found.answer.body && Buffer.from(found.answer.body), kept.body);
    }
  });

  it('frees what was released', async () => {
    const store = await open();
    const command = newCommand();
    await store.begin(command);
    assert.equal(await store.end(command.id, command.claim, { kind: 'released' }), true);
    assert.deepEqual(await store.begin(newCommand(command.id, 'other')), { kind: 'begun' });
  });

  it('knows what is unknown, with its claim and age, until one caller sends it again', async () => {
    const store = await open();
    const command = newCommand();
    await store.begin(command);
    await store.end(command.id, command.claim, { kind: 'unknown' });
    const found = await store.begin(newCommand(command.id));
    assert.ok(found.kind === 'unknown');
    assert.equal(found.claim, command.claim);
    assert.ok(found.sentMsAgo >= 0 && found.sentMsAgo < 10_000, String(found.sentMsAgo));
    const claims = [randomUUID(), randomUUID(), randomUUID()];
    const won = await Promise.all(claims.map((next) => store.resend(command.id, command.claim, next)));
    assert.equal(won.filter(Boolean).length, 1);
    assert.deepEqual(await store.begin(newCommand(command.id)), { kind: 'running' });
    const winner = claims[won.indexOf(true)]!;
    assert.equal(await store.end(command.id, winner, { kind: 'answered', answer }), true);
  });

  it('takes a late answer of the attempt that counts, and none of another', async () => {
    const store = await open();
    const command = newCommand();
    await store.begin(command);
    await store.end(command.id, command.claim, { kind: 'unknown' });
    const next = randomUUID();
    assert.equal(await store.resend(command.id, command.claim, next), true);
    assert.equal(await store.end(command.id, command.claim, { kind: 'answered', answer }), false);
    assert.equal(await store.end(command.id, command.claim, { kind: 'released' }), false);
    await store.end(command.id, next, { kind: 'unknown' });
    assert.equal(await store.end(command.id, next, { kind: 'answered', answer }), true);
    assert.equal(await store.end(command.id, next, { kind: 'unknown' }), false);
    assert.equal((await store.begin(newCommand(command.id))).kind, 'answered');
  });

  it('says unknown of what a process sent whose lease has run out', async () => {
    const [dead, alive] = [await open({ leaseMs: NONE }), await open()];
    const command = newCommand();
    await dead.begin(command);
    const found = await alive.begin(newCommand(command.id));
    assert.ok(found.kind === 'unknown');
    assert.equal(found.claim, command.claim);
    assert.equal(await dead.end(command.id, command.claim, { kind: 'answered', answer }), true, 'it lives');
  });

  it('says unknown of what a process had sent when it closed', async () => {
    const [going, staying] = [await place.open(LONG), await open()];
    await going.beat();
    const command = newCommand();
    await going.begin(command);
    await going.close();
    assert.equal((await staying.begin(newCommand(command.id))).kind, 'unknown');
  });

  it('keeps a lease by beating', async () => {
    const [slow, other] = [await open({ leaseMs: NONE }), await open()];
    const first = newCommand();
    await slow.begin(first);
    const quick = await open();
    const second = newCommand();
    await quick.begin(second);
    await quick.beat();
    await other.sweep(10);
    assert.equal((await other.begin(newCommand(first.id))).kind, 'unknown');
    assert.equal((await other.begin(newCommand(second.id))).kind, 'running');
  });

  it('forgets an answer after its time, in bounded steps, and what is unknown later', async () => {
    const store = await open({ answeredMs: NONE });
    const answered = Array.from({ length: 25 }, () => newCommand());
    for (const { id, claim, ...rest } of answered) {
      await store.begin({ id, claim, ...rest });
      await store.end(id, claim, { kind: 'answered', answer });
    }
    const unknown = newCommand();
    await store.begin(unknown);
    await store.end(unknown.id, unknown.claim, { kind: 'unknown' });
    assert.deepEqual(
      await store.begin(newCommand(answered[0]!.id, 'other')),
      { kind: 'begun' },
      'over at once',
    );
    assert.deepEqual([await store.sweep(20), await store.sweep(20), await store.sweep(20)], [20, 4, 0]);
    assert.equal((await store.begin(newCommand(unknown.id))).kind, 'unknown');
  });

  it('does a thousand commands at once', async () => {
    const store = await open();
    const ends = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const { id, claim, ...rest } = newCommand();
        assert.equal((await store.begin({ id, claim, ...rest })).kind, 'begun');
        return store.end(id, claim, { kind: 'answered', answer });
      }),
    );
    assert.ok(ends.every(Boolean));
  });

  it('is opened by many at the same time', async () => {
    const fresh = await createPlace();
    const opened = await Promise.all([1, 2, 3].map(() => fresh.open(LONG)));
    for (const store of opened) await store.close();
    await fresh.free();
  });
}
