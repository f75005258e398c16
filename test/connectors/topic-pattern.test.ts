import assert from 'node:assert/strict';
import { matchesTopic } from '../../connectors/bus/topic-pattern.ts';

describe('topic patterns', () => {
  for (const [pattern, fitting, other] of [
    [
      'transfer.completed',
      ['transfer.completed'],
      ['transfer', 'transfer.completed.x', 'transferXcompleted'],
    ],
    ['*', ['transfer'], ['transfer.completed']],
    ['*.completed', ['transfer.completed'], ['completed', 'a.b.completed']],
    ['#', ['', 'a', 'a.b.c'], []],
    ['a.#', ['a', 'a.b', 'a.b.c'], ['ab', 'b.a']],
    ['a.#.z', ['a.z', 'a.b.z', 'a.z.z'], ['a', 'z', 'a.z.b']],
    ['#.b.*', ['b.c', 'a.b.c', 'b.b.b'], ['b', 'a.b']],
    ['*.#', ['a', 'a.b'], []],
  ] as const) {
    it(`"${pattern}" fits what AMQP says it fits`, () => {
      for (const key of fitting) assert.equal(matchesTopic(pattern, key), true, key);
      for (const key of other) assert.equal(matchesTopic(pattern, key), false, key);
    });
  }

  it('a pattern of many # takes no time', () => {
    assert.equal(matchesTopic('#.'.repeat(100) + 'z', 'a.'.repeat(100) + 'b'), false);
  });
});
