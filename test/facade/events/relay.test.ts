import assert from 'node:assert/strict';
import { BusError, type BusEvent } from '../../../connectors/index.ts';
import { CommandStoreError } from '../../../facade/commands/command-store.ts';
import type { ClaimedEvent, OutboxStore, Published } from '../../../facade/commands/outbox-store.ts';
import { createEventTally, type EventTally } from '../../../facade/events/event-tally.ts';
import { startRelay } from '../../../facade/events/relay.ts';
import type { Rounds } from '../../../facade/events/rounds.ts';

const eventOf = (seq: number, lane: string, attempts = 0): ClaimedEvent => ({
  seq,
  lane,
  attempts,
  event: { id: `${seq}`, event: 'told', time: '2026-03-01T09:30:00Z', data: Buffer.from('null') },
});

const away = (): BusError => new BusError('NOT_CONNECTED', 'away', { mayHaveBeenPublished: false });
const refused = (): BusError => new BusError('REFUSED', 'NO_ROUTE', { mayHaveBeenPublished: true });

describe('the relay', () => {
  const log: string[] = [];
  const say = (_told: unknown, text: string): void => void log.push(text);
  const logger = { warn: say, error: say } as unknown as Parameters<typeof startRelay>[0]['logger'];
  let relay: Rounds | undefined;
  let tally: EventTally;
  beforeEach(() => {
    log.length = 0;
    tally = createEventTally();
  });
  afterEach(() => relay?.close());

  /** Runs until the outcomes of so many rounds are known. */
  const run = async (
    rounds: readonly (readonly ClaimedEvent[])[],
    publish: (event: BusEvent) => Promise<void>,
    parts: Partial<OutboxStore> = {},
  ): Promise<readonly Published[]> => {
    const settled: Published[] = [];
    const left = [...rounds];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const outbox: OutboxStore = {
      claim: async () => left.shift() ?? [],
      settle: async (outcome) => {
        settled.push(outcome);
        if (settled.length === rounds.length) resolve(undefined);
      },
      depth: async () => ({ waiting: 0, oldestMs: 0 }),
      sweep: async () => 0,
      ...parts,
    };
    relay = startRelay({
      outbox: async () => outbox,
      publish,
      isConnected: () => true,
      logger,
      tally,
      pollMs: 1,
    });
    await promise;
    return settled;
  };

  it('publishes the events of a lane one after the other, and lanes beside each other', async () => {
    const said: string[] = [];
    const { promise: bothBegun, resolve } = Promise.withResolvers<undefined>();
    const settled = await run([[eventOf(1, 'a'), eventOf(2, 'b'), eventOf(3, 'a')]], async ({ id }) => {
      said.push(`begin ${id}`);
      if (id === '2') resolve(undefined);
      await bothBegun;
      said.push(`end ${id}`);
    });
    assert.ok(said.indexOf('begin 2') < said.indexOf('end 1'));
    assert.ok(said.indexOf('end 1') < said.indexOf('begin 3'));
    assert.deepEqual([...settled[0]!.published].sort(), [1, 2, 3]);
    assert.equal(tally.published, 3);
  });

  it('has those of a lane wait for one that is refused, ever longer, and lets the other lanes go on', async () => {
    const lane = [eventOf(1, 'a', 3), eventOf(2, 'b'), eventOf(3, 'a')];
    const [settled] = await run([lane], async ({ id }) => {
      if (id === '1') throw refused();
    });
    assert.deepEqual(settled, {
      published: [2],
      refused: [{ seq: 1, delayMs: 8000 }],
      released: [3],
    });
    assert.deepEqual([tally.refused, log.length], [1, 1]);
    assert.match(log[0]!, /did not take an event/);
  });

  it('blames no event while the bus is away, and rests before it tries again', async () => {
    const settled = await run([[eventOf(1, 'a'), eventOf(2, 'a')], [eventOf(1, 'a')]], async ({ id }) => {
      if (id === '1' && tally.deferred === 0) throw away();
    });
    assert.deepEqual(settled[0], { published: [], refused: [], released: [1, 2] });
    assert.deepEqual(settled[1]?.published, [1]);
    assert.match(log[0]!, /takes no events now/);
  });

  it('forgets nothing of what it published while the store is away', async () => {
    const claims = [[eventOf(1, 'a')], [], [eventOf(2, 'a')]];
    const settled: Published[] = [];
    let failures = 2;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    relay = startRelay({
      outbox: async () => ({
        claim: async () => claims.shift() ?? [],
        settle: async (outcome) => {
          if ((failures -= 1) >= 0) throw new CommandStoreError('unavailable', 'away');
          settled.push(outcome);
          if (settled.length === 2) resolve(undefined);
        },
        depth: async () => ({ waiting: 0, oldestMs: 0 }),
        sweep: async () => 0,
      }),
      publish: async () => undefined,
      isConnected: () => true,
      logger,
      tally,
      pollMs: 1,
    });
    await promise;
    assert.deepEqual(
      settled.map(({ published }) => published),
      [[1], [2]],
    );
    assert.equal(log.length, 2);
  });

  it('claims nothing while the bus is not connected', async () => {
    let isAsked = false;
    let asked = 0;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    relay = startRelay({
      outbox: async () => {
        isAsked = true;
        throw new Error('not to be opened');
      },
      publish: async () => undefined,
      isConnected: () => {
        if ((asked += 1) === 5) resolve(undefined);
        return false;
      },
      logger,
      tally,
      pollMs: 1,
    });
    await promise;
    assert.equal(isAsked, false);
  });

  it('publishes at once when it is woken', async () => {
    let claims: readonly ClaimedEvent[] = [];
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<undefined>();
    const { promise: published, resolve: onPublished } = Promise.withResolvers<string>();
    relay = startRelay({
      outbox: async () => ({
        claim: async () => {
          onAsked(undefined);
          return claims;
        },
        settle: async () => undefined,
        depth: async () => ({ waiting: 0, oldestMs: 0 }),
        sweep: async () => 0,
      }),
      publish: async ({ id }) => {
        claims = [];
        onPublished(id);
      },
      isConnected: () => true,
      logger,
      tally,
      pollMs: 3_600_000,
    });
    await asked;
    claims = [eventOf(7, 'a')];
    relay.wake();
    assert.equal(await published, '7');
  });
});
