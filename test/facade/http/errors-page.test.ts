import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { problemKinds, problemType, toProblem } from '../../../facade/http/problem.ts';

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  it('lists exactly the problems of the code', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (.+?) \| (.+) \|$/gm)];
    const listed = Object.fromEntries(
      rows.map(([, code = '', status, title, detail]) => [code, { status: Number(status), title, detail }]),
    );
    assert.deepEqual(listed, problemKinds);
  });

  it('says what the type of a problem is', () => {
    assert.equal(problemType('not-found'), 'https://portico.dev/problems/not-found');
    assert.equal(toProblem('not-found').status, 404);
    assert.match(page, /https:\/\/portico\.dev\/problems\//);
  });
});
