import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

describe('the decisions in docs/adr', () => {
  const files = readdirSync(join(root, 'docs/adr'));

  it('have a number each', () => {
    const numbers = Map.groupBy(files, (file) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]);
    assert.deepEqual(
      [...numbers].filter(([number, same]) => number === undefined || same.length > 1),
      [],
    );
  });

  it('are there where another page refers to them', () => {
    const pages = globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: root });
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s#]*\d{4}-[a-z0-9-]+\.md)/g)]
        .map(([, link]) => join(dirname(page), link!))
        .filter((link) => !existsSync(join(root, link))),
    );
    assert.deepEqual(broken, []);
  });
});
