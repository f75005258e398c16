import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Deadlines, type Bounded } from '../../connectors/deadlines.ts';

describe('the deadlines of calls', () => {
  let ended: string[] = [];

  beforeEach(() => {
    ended = [];
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  const bounded = (name: string, deadline: number, onEnd: () => void = () => undefined): Bounded => ({
    deadline,
    place: -1,
    onDeadline() {
      ended.push(name);
      onEnd();
    },
  });

  it('come each at its time, in whatever order they were added', () => {
    const deadlines = new Deadlines();
    for (const one of [bounded('late', 300), bounded('soon', 100), bounded('then', 200)]) deadlines.add(one);
    mock.timers.tick(99);
    assert.deepEqual(ended, []);
    mock.timers.tick(1);
    assert.deepEqual(ended, ['soon']);
    mock.timers.tick(100);
    assert.deepEqual(ended, ['soon', 'then']);
    mock.timers.tick(100);
    assert.deepEqual(ended, ['soon', 'then', 'late']);
  });

  it('do not come for what has ended, also if that is ended by another deadline', () => {
    const deadlines = new Deadlines();
    const other = bounded('other', 100);
    const gone = bounded('gone', 100);
    deadlines.add(
      bounded('first', 100, () => {
        deadlines.remove(other);
      }),
    );
    deadlines.add(other);
    deadlines.add(gone);
    deadlines.remove(gone);
    deadlines.remove(gone);
    mock.timers.tick(100);
    assert.deepEqual(ended, ['first']);
  });

  it('come for what is added while others come', () => {
    const deadlines = new Deadlines();
    deadlines.add(
      bounded('first', 100, () => {
        deadlines.add(bounded('second', 150));
      }),
    );
    deadlines.add(bounded('third', 1000));
    mock.timers.tick(100);
    mock.timers.tick(50);
    assert.deepEqual(ended, ['first', 'second']);
    mock.timers.tick(850);
    assert.deepEqual(ended, ['first', 'second', 'third']);
  });
});
