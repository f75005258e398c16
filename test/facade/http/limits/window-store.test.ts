import assert from 'node:assert/strict';
import { WindowStore } from '../../../../facade/http/limits/window-store.ts';
import { describeLimitStore } from './store-suite.ts';

describe('windows in memory', () => {
  const realNow = Date.now;
  let now = 1_000_000;
  beforeEach(() => {
    Date.now = (): number => now;
  });
  afterEach(() => {
    Date.now = realNow;
  });

  describeLimitStore('memory', () => ({
    create: (windowMs) => new WindowStore(windowMs),
    pass: async (milliseconds) => void (now += milliseconds),
  }));

  it('end after their time, and not before, also across the turn of generations', () => {
    const store = new WindowStore(1000);
    store.hit('a');
    now += 900;
    store.hit('late');
    now += 200;
    assert.equal(store.hit('a').hits, 1, 'a new window');
    assert.equal(store.hit('late').hits, 2, 'still the old one');
    now += 800;
    assert.equal(store.hit('late').hits, 1);
  });

  it('are bounded in number, the newest kept', () => {
    const store = new WindowStore(60_000, 100);
    for (let client = 0; client < 1000; client += 1) store.hit(`client ${client}`);
    assert.equal(store.hit('client 999').hits, 2);
    assert.equal(store.hit('client 0').hits, 1, 'forgotten');
  });
});
