import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatConfigProblem, parseConfig } from '../../facade/index.ts';

const page = readFileSync(new URL('../../docs/credentials.md', import.meta.url), 'utf8');

describe('docs/credentials.md', () => {
  const examples = Array.from(page.matchAll(/```yaml\n([^]*?)```/g), ([, yaml = '']) => yaml);

  it('shows configurations that are valid as keys of a service', () => {
    assert.ok(examples.length >= 6);
    for (const example of examples) {
      const yaml = `auth: { development: true }\nservices:\n  core:\n    wsdl: core.wsdl\n    ${example.replaceAll('\n', '\n    ')}`;
      const { problems } = parseConfig('portico.yaml', yaml, { CORE_PASSWORD: 'p' });
      assert.deepEqual(problems.map(formatConfigProblem), [], example);
    }
  });
});
