import assert from 'node:assert/strict';
import { WindowStore } from '../../../facade/http/window-store.ts';

describe('the windows of the rate limiter', () => {
  const realNow = Date.now;
  let now = 1_000_000;
  beforeEach(() => {
    Date.now = (): number => now;
  });
  afterEach(() => {
    Date.now = realNow;
  });

  it('count each key by itself, from its first hit on', () => {
    const store = new WindowStore(1000);
    const end = now + 1000;
    assert.equal(store.increment('a').totalHits, 1);
    now += 600;
    assert.deepEqual({ ...store.increment('a') }, { totalHits: 2, resetTime: new Date(end) });
    assert.deepEqual({ ...store.increment('b') }, { totalHits: 1, resetTime: new Date(now + 1000) });
  });

  it('end after their time, and not before, also across the turn of generations', () => {
    const store = new WindowStore(1000);
    store.increment('a');
    now += 900;
    store.increment('late');
    now += 200;
    assert.equal(store.increment('a').totalHits, 1, 'a new window');
    assert.equal(store.increment('late').totalHits, 2, 'still the old one');
    now += 800;
    assert.equal(store.increment('late').totalHits, 1);
  });

  it('can be taken back and reset', () => {
    const store = new WindowStore(1000);
    store.increment('a');
    store.increment('a');
    store.decrement('a');
    assert.equal(store.increment('a').totalHits, 2);
    store.resetKey('a');
    assert.equal(store.increment('a').totalHits, 1);
    store.decrement('unknown');
  });
});
