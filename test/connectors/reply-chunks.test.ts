import assert from 'node:assert/strict';
import { ReplyChunks } from '../../connectors/soap-http/reply-chunks.ts';

const LARGE = 256 * 1024;

describe('the chunks of an answer', () => {
  let said: string[] = [];
  const source = {
    pause: () => void said.push('pause'),
    resume: () => void said.push('resume'),
    cancel: () => void said.push('cancel'),
  };
  beforeEach(() => {
    said = [];
  });

  it('come whole if all are there before anybody reads', () => {
    const chunks = new ReplyChunks(source);
    chunks.push(Buffer.from('a'));
    assert.equal(chunks.whole, undefined);
    chunks.push(Buffer.from('b'));
    chunks.complete();
    assert.equal(String(chunks.whole), 'ab');
  });

  it('give their memory back once they have been read whole, with what stands around them', () => {
    const chunks = new ReplyChunks(source);
    const read = Buffer.allocUnsafeSlow(40_000).fill('x');
    chunks.push(read.subarray(165));
    chunks.release();
    assert.equal(read.length, 40_000, 'more may come');
    chunks.complete();
    assert.equal(chunks.whole?.length, 39_835);
    chunks.release();
    chunks.release();
    assert.deepEqual([read.length, chunks.whole.length], [0, 0]);
  });

  it('leave the memory alone that Node shares out', () => {
    const chunks = new ReplyChunks(source);
    const part = Buffer.from('a part of the pool');
    chunks.push(part);
    chunks.complete();
    chunks.release();
    assert.equal(String(part), 'a part of the pool');
  });

  it('make the service wait until their reader has taken what is there', async () => {
    const chunks = new ReplyChunks(source);
    chunks.push(Buffer.alloc(LARGE - 1));
    assert.deepEqual(said, []);
    chunks.push(Buffer.alloc(1));
    assert.deepEqual(said, ['pause']);
    await chunks.next();
    await chunks.next();
    const third = chunks.next();
    assert.deepEqual(said, ['pause', 'resume']);
    chunks.push(Buffer.from('c'));
    assert.equal(String((await third).value), 'c');
  });

  it('are all read, too, where the rest comes at the moment that it is asked for', async () => {
    const chunks = new ReplyChunks({
      ...source,
      resume() {
        chunks.push(Buffer.from('b'));
        chunks.complete();
      },
    });
    chunks.push(Buffer.alloc(LARGE));
    await chunks.next();
    assert.equal(String((await chunks.next()).value), 'b');
    assert.equal((await chunks.next()).done, true);
  });

  it('fail after what has come', async () => {
    const chunks = new ReplyChunks(source);
    chunks.push(Buffer.from('a'));
    chunks.fail(new Error('cut off'));
    assert.equal(chunks.whole, undefined);
    assert.equal(String((await chunks.next()).value), 'a');
    await assert.rejects(chunks.next(), /cut off/);
  });

  it('are cancelled when their reader leaves, even one that has not begun', async () => {
    const chunks = new ReplyChunks(source);
    await chunks.return();
    assert.deepEqual(said, ['cancel']);
    assert.equal((await chunks.next()).done, true);
  });

  it('are not cancelled once all have come', async () => {
    const chunks = new ReplyChunks(source);
    chunks.complete();
    await chunks.return();
    assert.deepEqual(said, []);
  });
});
