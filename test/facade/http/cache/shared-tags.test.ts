import assert from 'node:assert/strict';
import { createSharedTags } from '../../../../facade/http/cache/shared-tags.ts';
import { RedisError } from '../../../../facade/redis/redis-link.ts';

/** A store that can be away, and what it was told. */
function createAway(): {
  readonly link: Parameters<typeof createSharedTags>[0];
  readonly store: Parameters<typeof createSharedTags>[1];
  readonly told: string[][];
  comeBack(): void;
} {
  let isUp = false;
  const listeners: ((state: 'up' | 'down', isNew: boolean) => void)[] = [];
  const told: string[][] = [];
  return {
    told,
    link: { isUp: () => isUp, onChange: (listener) => void listeners.push(listener) },
    store: {
      async forget(tags) {
        if (!isUp) throw new RedisError('away', 'Redis is not connected');
        told.push([...tags]);
      },
    },
    comeBack() {
      isUp = true;
      for (const listener of listeners) listener('up', true);
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is forgotten while the shared store is away', () => {
  it('fails nobody, and is told when the store is back; until then it is not believed', async () => {
    const away = createAway();
    const tags = createSharedTags(away.link, away.store);
    assert.equal(tags.isTold(), true);
    await tags.forget(['a', 'b']);
    await tags.forget(['b', 'c']);
    assert.equal(tags.isTold(), false);
    away.comeBack();
    await settled();
    assert.deepEqual(away.told, [['a', 'b', 'c']]);
    assert.equal(tags.isTold(), true);
  });

  it('becomes every tag where there are too many', async () => {
    const away = createAway();
    const tags = createSharedTags(away.link, away.store);
    await tags.forget(Array.from({ length: 10_001 }, (_, index) => `tag ${index}`));
    away.comeBack();
    await settled();
    assert.deepEqual(away.told, [['*']]);
  });
});
