import assert from 'node:assert/strict';
import { release } from '../../../facade/operations/release.ts';

describe('memory that is given back', () => {
  it('is no longer there', () => {
    const bytes = Buffer.allocUnsafeSlow(64 * 1024);
    release(bytes);
    assert.equal(bytes.length, 0);
    assert.ok(bytes.buffer.detached);
    release(bytes);
    assert.equal(bytes.length, 0);
  });

  it('is only what the bytes have to themselves', () => {
    const memory = Buffer.from('a part of something, and the rest');
    const part = memory.subarray(0, 6);
    const shared = Buffer.from(new SharedArrayBuffer(8));
    for (const bytes of [part, shared, new Uint8Array()]) release(bytes);
    assert.equal(memory.toString(), 'a part of something, and the rest');
    assert.equal(part.toString(), 'a part');
    assert.equal(shared.length, 8);
  });
});
