import assert from 'node:assert/strict';
import { createCursors } from '../../../../facade/http/paging/cursors.ts';

describe('cursors', () => {
  const cursors = createCursors('s3cret');
  const sealed = cursors.seal('page-2 \u{1f4b6}', 'list of anna');

  it('come back as what they stand for, and do not show it', () => {
    assert.equal(cursors.open(sealed, 'list of anna'), 'page-2 \u{1f4b6}');
    assert.match(sealed, /^[A-Za-z0-9_-]+$/);
    assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /page/);
    assert.notEqual(cursors.seal('page-2', 'a'), cursors.seal('page-2', 'a'), 'nor which are the same');
  });

  it('are good for one list and one caller, and for who has the secret', () => {
    assert.equal(cursors.open(sealed, 'list of ben'), undefined);
    assert.equal(createCursors('other').open(sealed, 'list of anna'), undefined);
    assert.equal(createCursors('s3cret').open(sealed, 'list of anna'), 'page-2 \u{1f4b6}');
  });

  it('are no more once one character of them is another', () => {
    for (let index = 0; index < sealed.length; index += 1)
      for (const character of ['A', 'Q', '_', '', '=', '+', '%']) {
        const changed = sealed.slice(0, index) + character + sealed.slice(index + 1);
        if (changed !== sealed) assert.equal(cursors.open(changed, 'list of anna'), undefined, changed);
      }
    for (const text of ['', 'a', sealed.slice(0, 37), sealed.repeat(2), `${sealed}AAAA`, 'A'.repeat(3000)])
      assert.equal(cursors.open(text, 'list of anna'), undefined);
  });
});
