import assert from 'node:assert/strict';
import { preferredWait } from '../../../facade/http/input/prefer-wait.ts';

describe('the waiting time of a client', () => {
  for (const [header, seconds] of [
    ['wait=10', 10],
    ['respond-async, wait=5', 5],
    ['WAIT = "7"', 7],
    ['wait=3; foo=bar, wait=9', 3],
    ['wait=0', undefined],
    ['wait=-1', undefined],
    ['wait=1.5', undefined],
    ['wait=99999999999', undefined],
    ['await=4', undefined],
    ['return=minimal', undefined],
    ['', undefined],
  ] as const)
    it(`is ${seconds ?? 'not known'} for "${header}"`, () => {
      assert.equal(preferredWait(header), seconds);
    });
});
