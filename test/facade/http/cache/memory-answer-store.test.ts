import assert from 'node:assert/strict';
import { toCachedAnswer } from '../../../../facade/http/cache/cached-answer.ts';
import { ForgottenTags } from '../../../../facade/http/cache/forgotten-tags.ts';
import { MemoryAnswerStore } from '../../../../facade/http/cache/memory-answer-store.ts';
import { describeAnswerStore } from './store-suite.ts';

const A_MINUTE = 60_000;

describe('answers in memory', () => {
  let passed = 0;
  const clock = (): number => Date.now() + passed;
  const store = new MemoryAnswerStore(10_000_000, clock);
  describeAnswerStore(
    'memory',
    () => store,
    async (milliseconds) => void (passed += milliseconds),
  );

  it('take no more bytes than they may, the most recently used kept', () => {
    const small = new MemoryAnswerStore(100_000, clock);
    const put = (key: string): void => {
      small.store(key, ['tag'], toCachedAnswer(Buffer.from('x'.repeat(500)), clock()), 0, A_MINUTE);
    };
    put('used');
    for (let i = 0; i < 1000; i += 1) {
      put(`key ${i}`);
      small.find('used');
    }
    assert.ok(small.bytes <= 100_000 && small.bytes > 90_000, `${small.bytes}`);
    assert.ok(small.find('used').answer);
    assert.ok(small.find('key 999').answer);
    assert.equal(small.find('key 0').answer, undefined);
  });

  it('do not keep one answer in place of all others', () => {
    const small = new MemoryAnswerStore(100_000, clock);
    small.store('large', [], toCachedAnswer(Buffer.alloc(20_000, 'x'), clock()), 0, A_MINUTE);
    assert.equal(small.find('large').answer, undefined);
  });

  it('are doubtful once tags may have been forgotten elsewhere, until they are asked for anew', () => {
    const one = new MemoryAnswerStore(100_000, clock);
    const put = (key: string, tags: string[]): void => {
      one.store(key, tags, toCachedAnswer(Buffer.from('1'), clock()), one.find(key).mark, A_MINUTE);
    };
    put('tagged', ['a']);
    put('untagged', []);
    const { mark: before } = one.find('late');
    one.doubt();
    assert.deepEqual(
      ['tagged', 'untagged', 'tagged'].map((key) => one.find(key).isDoubtful),
      [true, false, true],
    );
    one.store('late', ['a'], toCachedAnswer(Buffer.from('1'), clock()), before, A_MINUTE);
    assert.equal(one.find('late').isDoubtful, true, 'asked for before');
    put('tagged', ['a']);
    assert.equal(one.find('tagged').isDoubtful, false);
  });
});

describe('forgotten tags', () => {
  it('are bounded in number; what is as old as one that is no longer known counts as forgotten', () => {
    const tags = new ForgottenTags(3);
    const { now: before } = tags;
    tags.add(['a']);
    const { now: between } = tags;
    for (const tag of ['b', 'c', 'd']) tags.add([tag]);
    assert.equal(tags.has(['z'], before), true, 'a has been dropped, and z may have been a');
    assert.equal(tags.has(['z'], between), false);
    assert.equal(tags.has(['d'], between), true);
    assert.equal(tags.has([], before), false, 'without tags nothing is forgotten');
    assert.equal(tags.has(['b', 'c', 'd'], tags.now), false);
  });
});
