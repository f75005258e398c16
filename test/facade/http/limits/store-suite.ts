import assert from 'node:assert/strict';
import type { LimitStore } from '../../../../facade/http/limits/limit-store.ts';

export interface StoreUnderTest {
  /** An empty one. */
  readonly create: (windowMs: number) => LimitStore;
  /** Lets time pass, for the store and for Date.now. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

/** What holds for every store of the rate limiter. */
export function describeLimitStore(name: string, setUp: () => StoreUnderTest): void {
  const TOLERANCE_MS = 150;

  describe(`${name} as a store of limits`, () => {
    it('counts each key by itself', async () => {
      const store = setUp().create(60_000);
      const hits = [];
      for (const key of ['a', 'a', 'b', 'a']) hits.push((await store.hit(key)).hits);
      assert.deepEqual(hits, [1, 2, 1, 3]);
    });

    it('begins a window with the first hit, and does not move its end', async () => {
      const { create, pass } = setUp();
      const store = create(10_000);
      const began = Date.now();
      const first = await store.hit('a');
      await pass(300);
      const second = await store.hit('a');
      assert.ok(Math.abs(first.endsAt - (began + 10_000)) < TOLERANCE_MS);
      assert.ok(Math.abs(second.endsAt - first.endsAt) < TOLERANCE_MS);
    });

    it('begins a new window when the old one has ended', async () => {
      const { create, pass } = setUp();
      const store = create(400);
      assert.equal((await store.hit('a')).hits, 1);
      await pass(100);
      assert.equal((await store.hit('a')).hits, 2);
      await pass(500);
      assert.equal((await store.hit('a')).hits, 1);
    });

    it('loses none of many hits at once', async () => {
      const store = setUp().create(60_000);
      const standings = await Promise.all(Array.from({ length: 200 }, async () => store.hit('a')));
      const hits = standings.map((standing) => standing.hits);
      assert.equal(Math.max(...hits), 200);
      assert.ok(standings.every(({ isLocal }) => isLocal !== true));
    });
  });
}
