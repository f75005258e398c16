import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { porticoSchema } from '../../../facade/config/portico-schema.ts';
import { toConfigurationPage } from '../../../facade/config/to-configuration-page.ts';

const path = fileURLToPath(new URL('../../../docs/configuration.md', import.meta.url));

describe('docs/configuration.md', () => {
  it('is what the schema says; UPDATE_DOCS=1 writes it', () => {
    const page = toConfigurationPage(porticoSchema);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(path, page);
    assert.equal(readFileSync(path, 'utf8'), page);
  });

  it('describes every key', () => {
    const rows = toConfigurationPage(porticoSchema)
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    assert.ok(rows.length > 40);
    assert.deepEqual(
      rows.filter((row) => /\|\s*\|$/.test(row)),
      [],
    );
  });
});
