import assert from 'node:assert/strict';
import { gather } from '../../../facade/operations/gather.ts';

function inTurn(...texts: string[]): {
  chunks: Uint8Array[];
  iterator: AsyncIterator<Uint8Array, undefined>;
} {
  const chunks = texts.map((text) => Uint8Array.from(Buffer.from(text)));
  const left = [...chunks];
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const value = left.shift();
    return value === undefined ? { done: true, value } : { done: false, value };
  };
  return { chunks, iterator: { next } };
}

describe('gathering chunks', () => {
  it('takes all, and gives back the memory of those that it has put together', async () => {
    const { chunks, iterator } = inTurn('ab', 'c', 'de');
    const { bytes, isAll } = await gather(iterator, 5);
    assert.deepEqual([Buffer.from(bytes).toString(), isAll], ['abcde', true]);
    assert.deepEqual(
      chunks.map(({ length }) => length),
      [0, 0, 0],
    );
  });

  it('takes the only one as it is', async () => {
    const { chunks, iterator } = inTurn('ab');
    assert.equal((await gather(iterator, 5)).bytes, chunks[0]);
    assert.equal(chunks[0]?.length, 2);
  });

  it('leaves the rest where it has enough', async () => {
    const { chunks, iterator } = inTurn('ab', 'cd', 'ef');
    const { bytes, isAll } = await gather(iterator, 3);
    assert.deepEqual([Buffer.from(bytes).toString(), isAll], ['abcd', false]);
    assert.equal(chunks[2]?.length, 2);
  });
});
