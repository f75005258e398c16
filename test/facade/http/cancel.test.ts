import assert from 'node:assert/strict';
import { Cancel } from '../../../facade/http/cancel.ts';

describe('the cancelling of a request', () => {
  it('is told once to functions and to objects that listen, and not to those that have left', () => {
    const cancel = new Cancel();
    const told: string[] = [];
    const gone = (): void => {
      told.push('gone');
    };
    cancel.addEventListener('abort', gone);
    cancel.addEventListener('abort', () => told.push('function'));
    cancel.addEventListener('abort', { handleEvent: () => told.push('object') });
    cancel.removeEventListener('abort', gone);
    cancel.removeEventListener('abort', gone);
    assert.equal(cancel.aborted, false);
    cancel.abort();
    cancel.abort();
    assert.equal(cancel.aborted, true);
    assert.deepEqual(told, ['function', 'object']);
  });
});
