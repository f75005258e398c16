import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseConfig } from '../../facade/index.ts';

describe('docs/identity.md', () => {
  const page = readFileSync(new URL('../../docs/identity.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => yaml!);

  it('has an example for each kind of token', () => {
    assert.ok(blocks.length >= 5, `only ${blocks.length} examples found`);
  });

  for (const [index, yaml] of blocks.entries())
    it(`has an example ${index + 1} that is a good configuration`, () => {
      const source = /^services:/m.test(yaml) ? yaml : `${yaml}services: { core: { wsdl: core.wsdl } }\n`;
      assert.deepEqual(parseConfig('portico.yaml', source, {}).problems, []);
    });
});
